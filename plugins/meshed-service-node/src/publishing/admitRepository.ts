import { InputError } from '@backstage/errors';
import {
  admit,
  formatObjectRef,
  GuardrailPack,
  KubernetesObject,
  kinds,
  Violation,
} from '@meshway/plugin-meshed-service-common';
import { LineCounter, parseAllDocuments } from 'yaml';
import { Files } from '../forge';
import { RenderedRepository } from './renderRepository';

/**
 * A write that the platform's rules refuse. Nothing has been written.
 *
 * @public
 */
export class GuardrailViolationError extends InputError {
  readonly violations: readonly Violation[];

  constructor(violations: readonly Violation[]) {
    super(
      `The platform's guardrails refuse this service:\n${violations
        .map(
          ({ code, ref, message, fix }) =>
            `${code} ${formatObjectRef(ref)}: ${message} ${fix}`,
        )
        .join('\n')}`,
    );
    this.violations = violations;
  }
}

/**
 * Judges what will be written, twice over: the objects that were rendered, and what a reader makes of the very bytes of
 * the files, the team's manifests included.
 *
 * @public
 */
export function admitRepository(
  { spec, bundle, managed, team }: RenderedRepository,
  pack: GuardrailPack,
): Violation[] {
  const written = [
    ...documentsIn(managed, [`${spec.delivery.path}/`, 'platform/']),
    ...documentsIn(team, [`${spec.delivery.path}/`]),
  ];
  const seen = new Set(written.map(identityOf));
  // What lies in no file (a patch, and everything that the backend applies) is judged together with what does.
  const unwritten = bundle.objects.filter(
    object => !seen.has(identityOf(object)),
  );
  const violations = [
    ...admit(bundle.objects, pack),
    ...admit([...unwritten, ...written], pack),
  ];
  return [
    ...new Map(
      violations.map(violation => [JSON.stringify(violation), violation]),
    ).values(),
  ];
}

/**
 * @throws GuardrailViolationError with every violation.
 *
 * @public
 */
export function refuseViolations(violations: readonly Violation[]): void {
  if (violations.length > 0) throw new GuardrailViolationError(violations);
}

function documentsIn(
  files: Files,
  folders: readonly string[],
): KubernetesObject[] {
  const chosen = [...files].filter(
    ([path]) =>
      /\.ya?ml$/.test(path) && folders.some(folder => path.startsWith(folder)),
  );
  const documents = chosen.flatMap(([path, text]) =>
    parseDocuments(path, text).map(object => ({ path, object })),
  );
  // A patch is a part of an object; the bundle holds it as a payload that the rules know.
  const patches = new Set(
    documents.flatMap(({ path, object }) => patchesOf(path, object)),
  );
  return documents
    .filter(({ path, object }) => !patches.has(path) && !isKustomize(object))
    .map(({ object }) => object);
}

function parseDocuments(path: string, text: string): KubernetesObject[] {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, {
    // As the tools of Kubernetes read it.
    version: '1.1',
    merge: false,
    prettyErrors: false,
    lineCounter: lines,
  });
  if (!Array.isArray(documents)) return [];
  return documents.flatMap(document => {
    const [problem] = [...document.errors, ...document.warnings];
    if (problem)
      throw new InputError(
        `${path}:${lines.linePos(problem.pos[0]).line}: ${problem.message}`,
      );
    const value = document.toJS({ maxAliasCount: 0 });
    return value === null ? [] : [value];
  });
}

function patchesOf(path: string, object: KubernetesObject): string[] {
  if (!isKustomize(object) || !Array.isArray(object.patches)) return [];
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  return object.patches.map(patch => `${folder}${patch?.path}`);
}

function isKustomize(object: KubernetesObject): boolean {
  return String(object?.apiVersion).startsWith(
    `${kinds.KustomizeComponent.apiVersion.split('/')[0]}/`,
  );
}

function identityOf(object: KubernetesObject): string {
  const { apiVersion, kind, metadata } = object ?? {};
  return JSON.stringify([
    apiVersion,
    kind,
    metadata?.namespace,
    metadata?.name,
  ]);
}
