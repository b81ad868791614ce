import {
  Phase,
  phases,
  ProvisioningPlan,
} from '@meshway/plugin-meshed-service-common';
import { exitCodes } from '../exitCodes';
import { presentPlan, presentReceipt, presentTarget } from '../present';
import type { Host } from '../program';
import { UnreadableError } from '../UnreadableError';
import { refuseWithoutForge } from './apply';
import { requestFrom } from './requestFrom';
import { withPlatform } from './withPlatform';
import {
  asJson,
  exitCodeOfProblems,
  exitCodeOfReceipt,
  isAgreed,
  writeOptions,
  WritingOptions,
} from './writing';

type PhaseOptions = WritingOptions & { reason?: string; force?: boolean };

/** Moves a service from phase to phase, after showing what that means. */
export async function phase(
  to: string,
  file: string,
  options: PhaseOptions,
  host: Host,
): Promise<void> {
  const { terminal, finish } = host;
  const wanted = phaseOf(to);
  const { spec, request } = await requestFrom(file, terminal);
  refuseWithoutForge(spec.delivery, options);
  refuseWithoutReason(spec.phase, wanted, options);
  await withPlatform(
    spec.cluster,
    options,
    host,
    'writing',
    async (platform, signal) => {
      const { provisioning, target } = platform;
      const write = await writeOptions(options, platform, terminal, signal);
      const plan = forMove(
        await provisioning.plan(
          { ...request, service: { ...spec, phase: wanted } },
          { signal },
        ),
      );
      if (!options.json)
        terminal.print(`${presentTarget(target)}\n${presentPlan(plan)}`);
      // The file may be ahead of the cluster, or behind it.
      const from = plan.phase ?? spec.phase;
      const isBack = [from, spec.phase].some(each => isBefore(wanted, each));
      if (!isBack) refuseWithoutReason(from, wanted, options);
      const code = stops(plan, { isBack, force: options.force ?? false })
        ? codeOfRefusal(plan)
        : undefined;
      const question = `Move ${plan.service} from ${from} to ${wanted} in cluster ${target.cluster} at ${target.server}?`;
      if (
        code !== undefined ||
        !(await isAgreed(question, options, terminal, signal))
      ) {
        if (options.json) terminal.print(asJson({ plan }));
        finish(code ?? exitCodes.refused);
        return;
      }
      const { reason, force } = options;
      const receipt = await provisioning.setPhase(
        { request, phase: wanted, reason, force },
        { ...write, reason },
      );
      terminal.print(
        options.json ? asJson({ plan, receipt }) : presentReceipt(receipt),
      );
      if (receipt.outcome !== 'proposed' && file !== '-')
        terminal.note(
          `Write phase: ${wanted} into ${file}, or the next apply moves it back.`,
        );
      finish(exitCodeOfReceipt(receipt));
    },
  );
}

function phaseOf(text: string): Phase {
  const found = phases.find(each => each === text);
  if (found) return found;
  throw new UnreadableError(
    `${JSON.stringify(
      text.slice(0, 40),
    )} is no phase; write one of ${phases.join(', ')}`,
  );
}

/** Said at once, before anything is asked; a portal's configuration may name who can say whom enforcement would deny. */
function refuseWithoutReason(
  from: Phase,
  to: Phase,
  { reason, force, config }: PhaseOptions,
): void {
  const isForward = isBefore(from, to);
  const maybeMeasured = to === 'enforce' && config !== undefined;
  if (isForward && !reason?.trim() && !maybeMeasured)
    throw new UnreadableError(
      `--reason: say why ${from} may become ${to}; there is no evidence from traffic that nobody is cut off`,
    );
  if (isForward && force)
    throw new UnreadableError(
      '--force: only a step back may be forced; leave it out',
    );
}

const isBefore = (one: Phase, other: Phase) =>
  phases.indexOf(one) < phases.indexOf(other);

/** A plan refuses to go forward, because that needs a change of phase; this is one. */
function forMove(plan: ProvisioningPlan): ProvisioningPlan {
  const problems = plan.problems.filter(({ code }) => code !== 'phase-forward');
  const isPossible = problems.length + plan.violations.length === 0;
  return isPossible && plan.outcome === 'refused'
    ? { ...plan, problems, outcome: 'change' }
    : { ...plan, problems };
}

/** A step back may force its own fields, and does not mind what else is broken; whether it works, the library decides. */
function stops(
  { problems, violations }: ProvisioningPlan,
  { isBack, force }: { isBack: boolean; force: boolean },
): boolean {
  return (
    violations.length > 0 ||
    problems.some(
      ({ system, code }) =>
        !isBack ||
        (system === 'kubernetes' && !(force && code === 'field-conflict')),
    )
  );
}

function codeOfRefusal({ problems, violations }: ProvisioningPlan) {
  return violations.length > 0
    ? exitCodes.refused
    : exitCodeOfProblems(problems);
}
