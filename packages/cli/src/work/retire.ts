import { InputError } from '@backstage/errors';
import {
  annotations,
  formatServiceRef,
  kinds,
  names,
  parseServiceRef,
  patterns,
  RetirementPlan,
  ServiceRef,
} from '@meshway/plugin-meshed-service-common';
import { readClaimedStamp } from '@meshway/plugin-meshed-service-node';
import { ExitCode, exitCodes } from '../exitCodes';
import type { OpenPlatform } from '../platform';
import { presentReceipt, presentRetirement, presentTarget } from '../present';
import type { Host } from '../program';
import { UnreadableError } from '../UnreadableError';
import { refuseWithoutForge } from './apply';
import { withPlatform } from './withPlatform';
import {
  asJson,
  exitCodeOfProblems,
  exitCodeOfReceipt,
  isAgreed,
  writeOptions,
  WritingOptions,
} from './writing';

type Delivery = 'gitops' | 'apply';
type RetireOptions = WritingOptions & {
  owner?: string;
  delivery?: string;
  confirmNamespace?: string;
  plan?: boolean;
};

/** Takes a service away again, after showing what would go. */
export async function retire(
  text: string,
  options: RetireOptions,
  host: Host,
): Promise<void> {
  const { terminal, finish } = host;
  const service = serviceAt(text);
  const given = deliveryOf(options.delivery);
  await withPlatform(
    service.cluster,
    options,
    host,
    options.plan ? 'reading' : 'retiring',
    async (platform, signal) => {
      const { provisioning, publishing, target } = platform;
      const owner = await ownerOf(service, options, platform, signal);
      if (owner === undefined) {
        terminal.note(
          `Nobody holds ${text}: it was never asked for, or is retired already. To make sure that nothing is left of it, name its --owner.`,
        );
        finish(exitCodes.refused);
        return;
      }
      const delivery = given ?? (await recordedDelivery(service, platform));
      refuseWithoutForge({ mode: delivery }, options);
      const asked = {
        service,
        owner,
        delivery,
        ...(options.confirmNamespace === undefined
          ? {}
          : { confirmNamespace: options.confirmNamespace }),
      };
      const plan = await provisioning.planRetirement(asked, { signal });
      if (!options.json)
        terminal.print(`${presentTarget(target)}\n${presentRetirement(plan)}`);
      if (!publishing)
        terminal.note(
          'The registry was not looked at, and goes on holding the name if it does: add --config with the forge of the portal.',
        );
      const code = codeWithout(plan, options, publishing !== undefined);
      const question = `Delete this from cluster ${target.cluster} at ${target.server}?`;
      if (
        code !== undefined ||
        !(await isAgreed(question, options, terminal, signal))
      ) {
        if (options.json) terminal.print(asJson({ plan }));
        finish(code ?? exitCodes.refused);
        return;
      }
      const receipt = await provisioning.retire(
        asked,
        await writeOptions(options, platform, terminal, signal),
      );
      terminal.print(
        options.json ? asJson({ plan, receipt }) : presentReceipt(receipt),
      );
      finish(exitCodeOfReceipt(receipt));
    },
  );
}

/** @throws UnreadableError when it is not the place of a service; no part of it can walk anywhere. */
function serviceAt(text: string): ServiceRef {
  const service = parseServiceRef(text);
  const isName = (part: string) => patterns.dnsLabel.expression.test(part);
  if (service && Object.values(service).every(isName)) return service;
  throw new UnreadableError(
    `${JSON.stringify(
      text.slice(0, 80),
    )} is not a service; write <cluster>/<namespace>/<name>, as receipts name it`,
  );
}

function deliveryOf(text: string | undefined): Delivery | undefined {
  if (text === undefined || text === 'gitops' || text === 'apply') return text;
  throw new UnreadableError(
    `--delivery: ${JSON.stringify(
      text.slice(0, 40),
    )} is not possible; write gitops or apply`,
  );
}

/** @returns the recorded owner; the named one only where nothing records one. */
async function ownerOf(
  service: ServiceRef,
  { owner }: RetireOptions,
  { provisioning }: OpenPlatform,
  signal: AbortSignal,
): Promise<string | undefined> {
  const recorded = await provisioning.readOwner(service, { signal });
  if (recorded !== undefined && owner !== undefined && recorded !== owner)
    throw new InputError(
      `--owner: ${formatServiceRef(service)} belongs to ${recorded}`,
    );
  return recorded ?? owner;
}

/** @returns who writes the service: its stamp says it, else its namespace, where Argo CD is told to leave it in place. */
async function recordedDelivery(
  service: ServiceRef,
  { publishing, kubernetes }: OpenPlatform,
): Promise<Delivery> {
  const claim = await publishing?.registry.readClaim(service);
  const stamp =
    publishing && claim && (await readClaimedStamp(publishing.forge, claim));
  if (stamp) return stamp.spec.delivery.mode;
  const namespace = await kubernetes.read({
    ...kinds.Namespace,
    name: names.namespace(service),
  });
  return namespace?.metadata.annotations?.[annotations.argocdSyncOptions]
    ? 'gitops'
    : 'apply';
}

/** @returns how it ends when nothing is to be deleted now; undefined when it is. */
function codeWithout(
  { problems, objects, namespace }: RetirementPlan,
  { plan }: RetireOptions,
  mayHoldTheName: boolean,
): ExitCode | undefined {
  if (problems.length > 0) return exitCodeOfProblems(problems);
  const isNothing =
    objects.every(({ action }) => action !== 'delete') &&
    namespace.action !== 'delete';
  if (plan) return isNothing ? exitCodes.ok : exitCodes.changes;
  return isNothing && !mayHoldTheName ? exitCodes.ok : undefined;
}
