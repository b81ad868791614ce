import { z } from 'zod';
import type { GrpcMatch, HostMatch, HttpMatch, ValueMatch } from './RouteRule';
import {
  absolutePath,
  headerName,
  headerValue,
  regularExpression,
  Unusable,
} from './unusable';

const values = z
  .array(
    z.object({
      type: z.enum(['Exact', 'RegularExpression']).nullish(),
      name: z.string(),
      value: z.string(),
    }),
  )
  .nullish();
type Values = z.infer<typeof values>;

export const httpMatchSchema = z.object({
  path: z
    .object({
      type: z.enum(['Exact', 'PathPrefix', 'RegularExpression']).nullish(),
      value: z.string().nullish(),
    })
    .nullish(),
  headers: values,
  queryParams: values,
  method: z
    .enum([
      'GET',
      'HEAD',
      'POST',
      'PUT',
      'DELETE',
      'CONNECT',
      'OPTIONS',
      'TRACE',
      'PATCH',
    ])
    .nullish(),
});

export const grpcMatchSchema = z.object({
  method: z
    .object({
      type: z.enum(['Exact', 'RegularExpression']).nullish(),
      service: z.string().nullish(),
      method: z.string().nullish(),
    })
    .nullish(),
  headers: values,
});

/** @returns a host as the control plane takes it apart. */
export function hostMatchOf(hostname: string): HostMatch {
  return hostname.startsWith('*.')
    ? { suffix: { reverseLabels: hostname.split('.').slice(1).reverse() } }
    : { exact: hostname };
}

/** @returns a match of an HTTPRoute as proxies get it. */
export function httpMatchOf(
  { path, headers, queryParams, method }: z.infer<typeof httpMatchSchema>,
  part: string,
): HttpMatch {
  return {
    ...(path ? { path: pathMatchOf(path, `${part}.path`) } : {}),
    ...headersIn(headers, part),
    ...(queryParams?.length
      ? {
          queryParams: queryParams.map(({ type, name, value }) =>
            type === 'RegularExpression'
              ? { name, regex: regularExpression(value, `${part}.queryParams`) }
              : { name, exact: value },
          ),
        }
      : {}),
    ...(method ? { method: { registered: method } } : {}),
  };
}

/** @returns a match of a GRPCRoute as proxies get it. */
export function grpcMatchOf(
  { headers, method }: z.infer<typeof grpcMatchSchema>,
  part: string,
): GrpcMatch {
  if (method?.type === 'RegularExpression') {
    throw new Unusable(
      'Linkerd matches gRPC methods exactly, never by regular expression',
    );
  }
  return {
    ...(method
      ? {
          rpc: {
            ...(method.service ? { service: method.service } : {}),
            ...(method.method ? { method: method.method } : {}),
          },
        }
      : {}),
    ...headersIn(headers, part),
  };
}

function pathMatchOf(
  { type, value }: NonNullable<z.infer<typeof httpMatchSchema>['path']>,
  part: string,
): NonNullable<HttpMatch['path']> {
  const path = value ?? '/';
  if (type === 'RegularExpression') {
    return { regex: regularExpression(path, part) };
  }
  absolutePath(path, part);
  return type === 'Exact' ? { exact: path } : { prefix: path };
}

function headersIn(headers: Values, part: string): { headers?: ValueMatch[] } {
  if (!headers?.length) return {};
  const at = `${part}.headers`;
  return {
    headers: headers.map(({ type, name, value }) =>
      type === 'RegularExpression'
        ? { name: headerName(name, at), regex: regularExpression(value, at) }
        : { name: headerName(name, at), exact: headerValue(value, at) },
    ),
  };
}
