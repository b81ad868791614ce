import { promises as fs } from 'node:fs';
import path from 'node:path';
import {
  concernsLinkerd,
  findWorkload,
  inboundPolicy,
  isLinkerdConfig,
  presentAnswer,
  readLinkerdObjects,
  answerInbound,
  WorkloadRef,
} from '@meshway/plugin-meshed-service-common';
import { readSnapshot } from '@meshway/plugin-meshed-service-node';
import { exitCodes } from '../exitCodes';
import { presentPolicy, presentUnknown } from '../present';
import type { Host } from '../program';
import { UnreadableError } from '../UnreadableError';
import { refused, settingsFrom, SettingsOptions } from './policySettings';

type PolicyOptions = SettingsOptions & {
  snapshot: string;
  pod?: string;
  externalWorkload?: string;
  port: string;
  json?: boolean;
};

/** Says what the policy controller answers about one port of a workload in a snapshot. */
export async function readPolicy(
  options: PolicyOptions,
  { terminal, finish }: Host,
): Promise<void> {
  const ref = workloadAskedFor(options);
  const port = portAskedFor(options.port);
  if (!(await fs.stat(options.snapshot)).isDirectory())
    throw new UnreadableError(`${options.snapshot}: is a file; name a folder`);
  const { objects, problems, gaps } = await readSnapshot(
    path.resolve(options.snapshot),
    {
      now: new Date().toISOString(),
      also: object => concernsLinkerd(object) || isLinkerdConfig(object),
      passOverOthers: true,
    },
  );
  const known = settingsFrom(options, objects);
  const found = readLinkerdObjects(objects);
  for (const { file, line, message } of problems)
    terminal.note(
      `${path.join(options.snapshot, file)}${
        line ? `:${line}` : ''
      }: ${message}`,
    );
  const workload = findWorkload(found, ref);
  const whole = gaps.length === 0;
  finish(workload?.known && whole ? exitCodes.ok : exitCodes.unknown);
  if (!workload?.known) {
    const answer = answerInbound(
      ref,
      workload,
      port,
      found.index,
      known.settings,
    );
    terminal.print(
      options.json ? asJson(answer) : presentUnknown(ref, workload, found),
    );
    return;
  }
  const policy = inboundPolicy(workload, port, found.index, known.settings);
  const { history } = policy;
  terminal.print(
    options.json
      ? asJson({
          ...presentAnswer(ref, policy),
          ...(history.length > 0 ? { dependsOnHistory: history } : {}),
        })
      : presentPolicy(workload, policy, known),
  );
}

function workloadAskedFor({
  pod,
  externalWorkload,
}: PolicyOptions): WorkloadRef {
  if (pod !== undefined && externalWorkload !== undefined)
    throw new UnreadableError(
      '--pod and --external-workload both name a workload; give one',
    );
  if (pod !== undefined) {
    const [namespace, name] = placeIn('--pod', pod);
    return { namespace, pod: name };
  }
  if (externalWorkload === undefined)
    throw new UnreadableError(
      'nothing is asked about; give --pod <namespace/name> or --external-workload <namespace/name>',
    );
  const [namespace, name] = placeIn('--external-workload', externalWorkload);
  return { namespace, externalWorkload: name };
}

function placeIn(option: string, text: string): [string, string] {
  const [namespace, name, ...rest] = text.split('/');
  if (!namespace || !name || rest.length > 0)
    throw refused(option, text, 'write <namespace>/<name>');
  return [namespace, name];
}

function portAskedFor(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port < 1 || port > 65535)
    throw refused(
      '--port',
      text,
      'write the number of a container port, 1 to 65535; a Service may have another one',
    );
  return port;
}

function asJson(value: unknown): string {
  return JSON.stringify(value, undefined, 2);
}
