import { z } from 'zod';
import type { Instant, KubernetesObject } from '../../model';
import { Origin, originOf, readSpec, Unreadable } from '../../mesh/readable';
import { Condition, conditionOf, conditionsIn } from './conditions';

/**
 * A certificate authority that cert-manager keeps: the issuer of a mesh is one.
 *
 * @public
 */
export type Certificate = Origin & {
  /** Where its key and certificate are kept. Never read. */
  secretName: string;
  /** Of what was issued last; undefined before that. */
  notBefore: Instant | undefined;
  notAfter: Instant | undefined;
  /** When cert-manager means to renew it. */
  renewalTime: Instant | undefined;
  ready: Condition | undefined;
};

const schema = z.object({
  isCA: z.boolean().nullish(),
  secretName: z.string(),
});

/** @returns the certificate, undefined when it signs no others and so is no part of a mesh, or why it cannot be read. */
export function certificateFromKubernetes(
  object: KubernetesObject,
): Certificate | Unreadable | undefined {
  const read = readSpec(object, schema);
  if ('unreadable' in read) return read.unreadable;
  if (!read.spec.isCA) return undefined;
  const { notBefore, notAfter, renewalTime } = Object(object.status);
  return {
    ...originOf(object),
    secretName: read.spec.secretName,
    notBefore: instantIn(notBefore),
    notAfter: instantIn(notAfter),
    renewalTime: instantIn(renewalTime),
    ready: conditionOf(conditionsIn(object.status), 'Ready'),
  };
}

function instantIn(value: unknown): Instant | undefined {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value))
    ? value
    : undefined;
}
