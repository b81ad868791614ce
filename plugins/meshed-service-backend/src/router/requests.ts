import { InputError } from '@backstage/errors';
import {
  formatPath,
  formatServiceRef,
  InvalidSpecError,
  parseMeshedServiceSpec,
  problemsOf,
  quote,
  ServiceRef,
  serviceRefOf,
} from '@meshway/plugin-meshed-service-common';
import type { NextFunction, Request, Response } from 'express';
import { z } from 'zod';

/**
 * @returns the value in the shape of the schema.
 * @throws InputError with the problems, each naming its field.
 */
export function parseRequest<Schema extends z.ZodTypeAny>(
  schema: Schema,
  value: unknown,
): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const problems = result.error.issues.flatMap(requestProblems);
  // Its message is bounded; the error itself would carry every problem into the answer.
  throw new InputError(new InvalidSpecError(problems).message);
}

/** Lets bodies of JSON pass; any other would be taken for an empty one. */
export function requireJson(
  request: Request,
  _: Response,
  next: NextFunction,
): void {
  // `is` answers null where there is no body.
  if (request.is('json') !== false) next();
  else
    next(
      new InputError(
        `Content-Type: ${quote(
          request.get('Content-Type') ?? 'nothing',
        )} is not read here; send application/json`,
      ),
    );
}

function requestProblems(issue: z.ZodIssue) {
  return issue.code === 'unrecognized_keys'
    ? issue.keys.map(key => ({
        path: formatPath([...issue.path, quote(key).slice(1, -1)]),
        message: 'is not known here; remove it',
      }))
    : problemsOf(issue);
}

const dnsSubdomain = /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/;

/** @throws InputError naming the part of the path that is no Kubernetes name. */
export function serviceRefFrom(params: Record<string, string>): ServiceRef {
  const part = (name: string) => {
    const value = params[name] ?? '';
    if (dnsSubdomain.test(value)) return value;
    throw new InputError(
      `${name}: ${quote(
        value,
      )} is no name in Kubernetes; write lower-case letters, digits, dashes and dots`,
    );
  };
  return {
    cluster: part('cluster'),
    namespace: part('namespace'),
    name: part('name'),
  };
}

/**
 * @returns the values, parsed by the one door.
 * @throws InvalidSpecError, and InputError when they are those of another service than the path.
 */
export function specAt(service: ServiceRef, values: unknown) {
  const spec = parseMeshedServiceSpec(values);
  const [asked, addressed] = [serviceRefOf(spec), service].map(
    formatServiceRef,
  );
  if (asked === addressed) return spec;
  throw new InputError(
    `spec: it asks for ${asked}, and the path says ${addressed}; they must agree`,
  );
}
