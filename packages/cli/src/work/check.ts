import {
  admit,
  formatObjectRef,
  GuardrailPack,
  ObjectRef,
  refOf,
  Violation,
} from '@meshway/plugin-meshed-service-common';
import { exitCodes } from '../exitCodes';
import {
  LocatedObject,
  readGuardrails,
  readObjects,
  readPlatformFile,
} from '../input';
import type { Host } from '../program';
import { UnreadableError } from '../UnreadableError';

/** A violation, and where its object stands. */
type LocatedViolation = Violation & { file: string; line: number };

/** Judges manifests by the guardrails. */
export async function check(
  files: string[],
  options: { guardrails?: string; config?: string; json?: boolean },
  { terminal, packageFolder, finish }: Host,
): Promise<void> {
  const pack = await readGuardrails(options.guardrails, packageFolder);
  const located = await readObjects(
    files,
    await readPlatformFile(options.config, terminal),
    terminal,
  );
  if (located.length === 0)
    throw new UnreadableError(
      `${files.join(', ')}: no Kubernetes object was found`,
    );
  const violations = admit(
    located.map(({ value }) => value),
    pack,
  ).map(violation => locate(violation, located));
  terminal.print(
    options.json
      ? asJson(pack, located.length, violations)
      : asText(pack, located.length, violations),
  );
  finish(violations.length > 0 ? exitCodes.refused : exitCodes.ok);
}

function locate(
  violation: Violation,
  located: readonly LocatedObject[],
): LocatedViolation {
  const same = (ref: ObjectRef) =>
    formatObjectRef(ref) === formatObjectRef(violation.ref) &&
    ref.apiVersion === violation.ref.apiVersion;
  const { file, line } =
    located.find(({ value }) => same(refOf(value))) ?? located[0];
  return { ...violation, file, line };
}

function asJson(
  { name, version, digest }: GuardrailPack,
  checked: number,
  violations: readonly LocatedViolation[],
): string {
  return JSON.stringify(
    { pack: { name, version, digest }, checked, violations },
    undefined,
    2,
  );
}

function asText(
  pack: GuardrailPack,
  checked: number,
  violations: readonly LocatedViolation[],
): string {
  const told = violations.map(
    ({ file, line, code, ref, path, message, why, fix, docs }) =>
      [
        `${file}:${line}: ${code} ${formatObjectRef(ref)}${
          path ? ` ${path}` : ''
        }`,
        `  ${message}`,
        `  Why: ${why}`,
        `  Fix: ${fix} (${docs})`,
        '',
      ].join('\n'),
  );
  const rules = `${pack.guardrails.length} guardrails of ${pack.name}@${pack.version}`;
  return [
    ...told,
    violations.length > 0
      ? `${violations.length} violations in ${checked} objects, judged by ${rules}`
      : `${checked} objects keep all ${rules}`,
  ].join('\n');
}
