import {
  formatObjectRef,
  KubernetesObject,
  observedKindOf,
  ObservedKind,
  observedKinds,
  refOf,
  SourceProblem,
} from '@meshway/plugin-meshed-service-common';
import { readDocuments } from './readDocuments';
import {
  ClusterSnapshot,
  snapshotBounds,
  SnapshotGap,
  SnapshotOptions,
} from './ClusterSnapshot';

const clusterScoped: ReadonlySet<ObservedKind> = new Set(['Namespace']);

/** Gathers what the files of one snapshot hold. */
export class SnapshotReading {
  readonly gaps: SnapshotGap[] = [];
  private readonly problems: SourceProblem[] = [];
  private readonly objects = new Map<
    string,
    { object: KubernetesObject; file: string }
  >();

  constructor(private readonly options: SnapshotOptions = {}) {}

  read(file: string, text: string): void {
    const content = readDocuments(file, text);
    for (const { problem, lost, foreign } of content.problems) {
      const passedOver = foreign && this.options.passOverOthers;
      this.lose(problem, passedOver ? [] : kindsNamedIn(lost));
    }
    for (const object of content.objects) this.take(object, file);
  }

  /** Records a problem, and that the kinds it may have been about are not whole. */
  lose(problem: SourceProblem, kinds: readonly ObservedKind[]): void {
    if (this.problems.length < snapshotBounds.problems) {
      this.problems.push(problem);
    }
    this.markUnreadable(kinds, sayWhere(problem));
  }

  result(): Pick<ClusterSnapshot, 'objects' | 'problems' | 'gaps'> {
    return {
      objects: [...this.objects.values()].map(({ object }) => object),
      problems: this.problems,
      gaps: this.gaps,
    };
  }

  private take(object: KubernetesObject, file: string): void {
    const kind = observedKindOf(object);
    if (!kind && !this.options.also?.(object)) return;
    const kinds = kind ? [kind] : [];
    const { namespace } = object.metadata;
    const name = formatObjectRef(refOf(object));
    if (!(kind && clusterScoped.has(kind)) && namespace === undefined) {
      this.lose({ file, message: `${name} has no metadata.namespace` }, kinds);
      return;
    }
    if (this.objects.size >= snapshotBounds.objects) {
      const message = `goes beyond the first ${snapshotBounds.objects} objects`;
      this.lose({ file, message }, observedKinds);
      return;
    }
    const key = `${object.apiVersion.split('/')[0]} ${name}`;
    const known = this.objects.get(key);
    if (known && JSON.stringify(known.object) !== JSON.stringify(object)) {
      const message = `${name} stands in ${known.file}, too, with other content`;
      this.lose({ file, message }, kinds);
    }
    this.objects.set(key, { object, file });
  }

  private markUnreadable(
    kinds: readonly ObservedKind[],
    message: string,
  ): void {
    for (const kind of kinds) {
      this.gaps.push({ kind, freshness: { state: 'unreadable', message } });
    }
  }
}

/** Kinds that a lost text names; every kind, when it names none, since it could have been any. */
function kindsNamedIn(text: string): readonly ObservedKind[] {
  const named = new Set(
    [...text.matchAll(/["']?kind["']?[ \t]*:[ \t]*["']?([A-Za-z]+)/g)].map(
      ([, kind]) => kind.replace(/List$/, ''),
    ),
  );
  const observed = observedKinds.filter(kind => named.has(kind));
  return named.size > 0 && !named.has('') ? observed : observedKinds;
}

function sayWhere({ file, line, message }: SourceProblem): string {
  return line === undefined
    ? `${file} ${message}`
    : `${file}, line ${line}, ${message}`;
}
