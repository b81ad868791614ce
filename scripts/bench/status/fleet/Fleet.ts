import {
  annotations,
  formatServiceRef,
  KubernetesObject,
  observedKindOf,
  renderBundle,
} from '@meshway/plugin-meshed-service-common';
import { benchPlatform, benchService } from './benchService';
import { HASH, podOf, workloadOf } from './workload';

export type FleetSize = {
  services: number;
  /** Of all services together. */
  pods: number;
};

const NAME = 'service-00000';
const POD = 'pod00';
const ADDRESS = '10.64.0.255';
const UID = '00000000-0000-4000-8000-000000000000';
const VERSION = '"resourceVersion":"0"';
const CREATED = '2026-01-31T10:00:00Z';

type Text = { apiVersion: string; kind: string; text: string };

/** Services of one name each in a namespace of their own, and their pods. The same size is always the same fleet. */
export class Fleet {
  private readonly ofService: Text[];
  private readonly ofPod: Text;

  constructor(readonly size: FleetSize) {
    const spec = benchService(NAME);
    const claim = formatServiceRef(spec);
    const bundle = renderBundle(spec, benchPlatform).objects.map(object => ({
      ...object,
      metadata: {
        ...object.metadata,
        annotations: {
          ...object.metadata.annotations,
          [annotations.claim]: claim,
        },
      },
    }));
    this.ofService = [...bundle, ...workloadOf(spec)]
      .filter(object => observedKindOf(object))
      .map(textOf);
    this.ofPod = textOf(podOf(spec, `${NAME}-${HASH}-${POD}`, ADDRESS));
  }

  nameOf(service: number): string {
    return `service-${String(service).padStart(5, '0')}`;
  }

  names(): string[] {
    return Array.from({ length: this.size.services }, (_, service) =>
      this.nameOf(service),
    );
  }

  /** How many objects there are of all kinds that are observed. */
  get objects(): number {
    return this.ofService.length * this.size.services + this.size.pods;
  }

  /** The API version in which a kind of a group exists here. */
  apiVersionOf(group: string, kind: string): string | undefined {
    return [...this.ofService, this.ofPod].find(
      each => each.kind === kind && groupOf(each.apiVersion) === group,
    )?.apiVersion;
  }

  /** @returns the JSON of every object of one kind, one after the other, always in the same order. */
  *textsOf(group: string, kind: string): Generator<string> {
    const { services, pods } = this.size;
    const wanted = this.ofService.filter(
      each => each.kind === kind && groupOf(each.apiVersion) === group,
    );
    let ordinal = 0;
    for (let service = 0; service < services; service++) {
      for (const { text } of wanted)
        yield this.filled(text, service, ++ordinal);
    }
    if (kind !== this.ofPod.kind) return;
    for (let pod = 0; pod < pods; pod++)
      yield this.podText(pod % services, Math.floor(pod / services), pod);
  }

  /** @returns the objects of a service, its pods after all others. */
  objectsOf(service: number): KubernetesObject[] {
    const { services, pods } = this.size;
    const own = this.ofService.map(({ text }) =>
      JSON.parse(this.filled(text, service, service + 1)),
    );
    for (let pod = service; pod < pods; pod += services)
      own.push(
        JSON.parse(this.podText(service, Math.floor(pod / services), pod)),
      );
    return own;
  }

  private podText(service: number, pod: number, ordinal: number): string {
    return this.filled(this.ofPod.text, service, ordinal + 1)
      .replaceAll(POD, `p${String(pod).padStart(4, '0')}`)
      .replaceAll(
        ADDRESS,
        `10.${64 + (ordinal >> 16)}.${(ordinal >> 8) & 255}.${ordinal & 255}`,
      );
  }

  private filled(text: string, service: number, ordinal: number): string {
    return text
      .replaceAll(NAME, this.nameOf(service))
      .replace(UID, `${UID.slice(0, -12)}${String(ordinal).padStart(12, '0')}`)
      .replace(VERSION, `"resourceVersion":"${ordinal}"`);
  }
}

function textOf({
  apiVersion,
  kind,
  metadata,
  ...content
}: KubernetesObject): Text {
  const stored = {
    ...metadata,
    uid: UID,
    resourceVersion: '0',
    generation: 1,
    creationTimestamp: CREATED,
  };
  return {
    apiVersion,
    kind,
    text: JSON.stringify({ apiVersion, kind, metadata: stored, ...content }),
  };
}

const groupOf = (apiVersion: string) =>
  apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
