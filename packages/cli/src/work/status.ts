import { promises as fs } from 'node:fs';
import path from 'node:path';
import {
  defaultPlatform,
  formatServiceRef,
  MeshedServiceSpec,
  MeshStatus,
  patterns,
  ServiceRef,
  serviceRefOf,
  stateWords,
  verdictWords,
} from '@meshway/plugin-meshed-service-common';
import { MeshStatuses } from '@meshway/plugin-meshed-service-node';
import { ExitCode, exitCodes } from '../exitCodes';
import { readPlatformFile, readSpec } from '../input';
import type { Host } from '../program';
import type { Terminal } from '../Terminal';
import { UnreadableError } from '../UnreadableError';

type StatusOptions = {
  snapshot: string;
  service?: string;
  spec?: string;
  cluster: string;
  config?: string;
  json?: boolean;
};

/** Says what is true of the mTLS of services in a snapshot. */
export async function readStatus(
  options: StatusOptions,
  { terminal, finish }: Host,
): Promise<void> {
  if (!(await fs.stat(options.snapshot)).isDirectory())
    throw new UnreadableError(`${options.snapshot}: is a file; name a folder`);
  const spec = options.spec
    ? await readSpec(options.spec, terminal)
    : undefined;
  const cluster = spec?.cluster ?? clusterName(options.cluster);
  const statuses = MeshStatuses.create({
    clusters: [{ name: cluster, snapshot: path.resolve(options.snapshot) }],
    platform: options.config
      ? await readPlatformFile(options.config, terminal)
      : defaultPlatform,
  });
  const services = await servicesAskedFor(options, cluster, spec, statuses);
  const found: MeshStatus[] = [];
  for (const service of services)
    found.push(await statuses.read(service, spec));
  const [{ problems }] = await statuses.sources();
  if (options.json)
    terminal.print(
      JSON.stringify({ cluster, problems, services: found }, undefined, 2),
    );
  else printText(found, options.snapshot, problems, terminal);
  finish(exitCodeOf(found));
}

async function servicesAskedFor(
  { service }: StatusOptions,
  cluster: string,
  spec: MeshedServiceSpec | undefined,
  statuses: MeshStatuses,
): Promise<ServiceRef[]> {
  if (spec && service !== undefined)
    throw new UnreadableError(
      '--service and --spec both name a service; give one',
    );
  if (spec) return [serviceRefOf(spec)];
  if (service === undefined) return statuses.list();
  const [namespace, name, ...rest] = service.split('/');
  if (!namespace || !name || rest.length > 0)
    throw new UnreadableError(
      `--service: ${JSON.stringify(
        service.slice(0, 80),
      )} is not <namespace>/<name>`,
    );
  return [{ cluster, namespace, name }];
}

function clusterName(name: string): string {
  if (!patterns.dnsLabel.expression.test(name))
    throw new UnreadableError(
      `--cluster: ${JSON.stringify(name.slice(0, 80))} is not possible; write ${
        patterns.dnsLabel.right
      }`,
    );
  return name;
}

function printText(
  statuses: readonly MeshStatus[],
  snapshot: string,
  problems: ReadonlyArray<{ file: string; line?: number; message: string }>,
  terminal: Terminal,
): void {
  for (const { file, line, message } of problems)
    terminal.note(
      `${path.join(snapshot, file)}${line ? `:${line}` : ''}: ${message}`,
    );
  terminal.print(
    statuses.length > 0
      ? statuses.map(describeStatus).join('\n\n')
      : `No service was found in ${snapshot}.`,
  );
}

function describeStatus(status: MeshStatus): string {
  return [
    `${formatServiceRef(status.service)}: ${
      verdictWords(status.verdict).label
    }, ${stateWords[status.state].label}`,
    `  ${status.summary}`,
    ...status.ports.map(
      ({ port, name, protocol, verdict, explanation }) =>
        `  port ${port}${name ? ` (${name})` : ''}, ${protocol}: ${
          verdictWords(verdict).label
        }. ${explanation}`,
    ),
    ...status.findings
      .filter(({ state }) => state !== 'ok')
      .map(
        ({ code, state, message, fix }) =>
          `  ${code} ${state}: ${message}${fix ? ` ${fix}` : ''}`,
      ),
    ...(status.observedAt ? [`  Seen at ${status.observedAt}.`] : []),
  ].join('\n');
}

/** Nothing found is nothing known. */
function exitCodeOf(statuses: readonly MeshStatus[]): ExitCode {
  const states = new Set(statuses.map(({ state }) => state));
  if (states.has('degraded') || states.has('missing')) return exitCodes.refused;
  return statuses.length > 0 && [...states].every(state => state === 'ok')
    ? exitCodes.ok
    : exitCodes.unknown;
}
