import { z } from 'zod';
import type { FilterHeaders, RouteFilter } from './RouteRule';
import { absolutePath, headerName, headerValue, Unusable } from './unusable';

const headers = z
  .array(z.object({ name: z.string(), value: z.string() }))
  .nullish();

const headerModifier = z
  .object({
    add: headers,
    set: headers,
    remove: z.array(z.string()).nullish(),
  })
  .nullish();

/** The parts of a filter that are read. One field says what it is; its `type` says the same. */
export const filterSchema = z.object({
  type: z.string(),
  requestHeaderModifier: headerModifier,
  responseHeaderModifier: headerModifier,
  requestRedirect: z
    .object({
      scheme: z.enum(['http', 'https']).nullish(),
      hostname: z.string().nullish(),
      path: z
        .object({
          replaceFullPath: z.string().nullish(),
          replacePrefixMatch: z.string().nullish(),
        })
        .nullish(),
      port: z.number().nullish(),
      statusCode: z.number().nullish(),
    })
    .nullish(),
});
type Written = z.infer<typeof filterSchema>;

/**
 * @param byType - a route of Linkerd's own group goes by the type of a filter, others by the first field that is there.
 * @returns the filters as proxies get them. What is done to responses is read and never sent to an inbound proxy, and a
 *   GRPCRoute cannot redirect. A filter that Linkerd has not makes the route unusable.
 */
export function filtersOf(
  written: readonly Written[],
  part: string,
  kind: 'HTTPRoute' | 'GRPCRoute',
  byType: boolean,
): RouteFilter[] {
  return written.flatMap((each, index): RouteFilter[] => {
    const at = `${part}.${index}`;
    const filter = byType ? ofItsType(each) : each;
    if (filter.requestHeaderModifier) {
      const { add, set, remove } = filter.requestHeaderModifier;
      return [
        {
          requestHeaderModifier: {
            add: headersOf(add ?? [], at),
            set: headersOf(set ?? [], at),
            ...(remove?.length
              ? { remove: remove.map(name => headerName(name, at)) }
              : {}),
          },
        },
      ];
    }
    if (filter.responseHeaderModifier) {
      const { add, set, remove } = filter.responseHeaderModifier;
      headersOf([...(add ?? []), ...(set ?? [])], at);
      (remove ?? []).forEach(name => headerName(name, at));
      return [];
    }
    if (filter.requestRedirect && kind === 'HTTPRoute') {
      return [{ redirect: redirectOf(filter.requestRedirect, at) }];
    }
    throw new Unusable(`Linkerd has no filter ${filter.type} inbound`);
  });
}

function ofItsType({
  type,
  requestHeaderModifier,
  responseHeaderModifier,
  requestRedirect,
}: Written): Written {
  switch (type) {
    case 'RequestHeaderModifier':
      return { type, requestHeaderModifier };
    case 'ResponseHeaderModifier':
      return { type, responseHeaderModifier };
    case 'RequestRedirect':
      return { type, requestRedirect };
    default:
      return { type };
  }
}

function headersOf(
  written: ReadonlyArray<{ name: string; value: string }>,
  part: string,
): FilterHeaders {
  const list = written.map(({ name, value }) => ({
    name: headerName(name, part),
    value: headerValue(value, part),
  }));
  return list.length > 0 ? { headers: list } : {};
}

function redirectOf(
  {
    scheme,
    hostname,
    path,
    port,
    statusCode,
  }: NonNullable<Written['requestRedirect']>,
  part: string,
) {
  const status = statusCode ?? 200;
  if (!Number.isInteger(status) || status < 100 || status > 999) {
    throw new Unusable(`${part}.statusCode: ${status} is no HTTP status`);
  }
  return {
    ...(scheme
      ? {
          scheme: { registered: scheme === 'http' ? 'HTTP' : 'HTTPS' } as const,
        }
      : {}),
    ...(hostname ? { host: hostname } : {}),
    ...(path ? { path: pathOf(path, part) } : {}),
    ...(port && Number.isInteger(port) && port < 65536 && port > 0
      ? { port }
      : {}),
    status,
  };
}

function pathOf(
  {
    replaceFullPath,
    replacePrefixMatch,
  }: { replaceFullPath?: string | null; replacePrefixMatch?: string | null },
  part: string,
): { full: string } | { prefix: string } {
  if (typeof replaceFullPath === 'string') {
    return { full: absolutePath(replaceFullPath, part) };
  }
  if (typeof replacePrefixMatch === 'string') {
    return { prefix: absolutePath(replacePrefixMatch, part) };
  }
  throw new Unusable(`${part}: it says no path to redirect to`);
}
