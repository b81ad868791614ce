/** A host that a route is for, in the control plane's own form: the labels of a suffix come last one first. @public */
export type HostMatch =
  | { exact: string }
  | { suffix: { reverseLabels: string[] } };

/** A value that must be there, by its name. Regular expressions must match all of it. @public */
export type ValueMatch = { name: string } & (
  | { exact: string }
  | { regex: string }
);

/** What a request must be like. Everything that is given must hold. @public */
export type HttpMatch = {
  path?: { exact: string } | { prefix: string } | { regex: string };
  headers?: ValueMatch[];
  queryParams?: ValueMatch[];
  method?: { registered: string };
};

/** What a call must be like. `rpc: {}` is every call. @public */
export type GrpcMatch = {
  rpc?: { service?: string; method?: string };
  headers?: ValueMatch[];
};

/** Headers that a filter adds or sets; none is written as `{}`. @public */
export type FilterHeaders = {
  headers?: Array<{ name: string; value: string }>;
};

/** What is done to a request before it goes on, or instead. @public */
export type RouteFilter =
  | {
      requestHeaderModifier: {
        add: FilterHeaders;
        set: FilterHeaders;
        remove?: string[];
      };
    }
  | {
      redirect: {
        scheme?: { registered: 'HTTP' | 'HTTPS' };
        host?: string;
        path?: { full: string } | { prefix: string };
        port?: number;
        status: number;
      };
    };

/** A part of a route: any one of its matches will do, none is every request. @public */
export type RouteRule = {
  matches: Array<HttpMatch | GrpcMatch>;
  filters?: RouteFilter[];
};
