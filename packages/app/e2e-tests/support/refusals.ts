/** Requests that no form would send, and the words in which the portal refuses them. */
export const refusals: ReadonlyArray<{
  what: string;
  values: object;
  words: RegExp;
}> = [
  {
    what: 'a reserved name',
    values: { name: 'linkerd-viz' },
    words: /name.*reserved for Linkerd/,
  },
  {
    what: 'an over-long name',
    values: { name: `a${'b'.repeat(62)}` },
    words: /name.*(?:too long|longer)/,
  },
  {
    what: 'port 0',
    values: {
      name: 'zero',
      ports: [{ name: 'http', port: 0, protocol: 'HTTP/1' }],
    },
    words: /ports.*(?:at least|minimum|greater than or equal to) ?1/,
  },
  {
    what: 'a wildcard client',
    values: {
      name: 'open',
      clients: [{ namespace: 'checkout', serviceAccount: '*' }],
    },
    words: /clients.*(?:every meshed workload|pattern)/,
  },
  {
    what: 'a name with a newline in it',
    values: { name: 'cart\n---\nkind: ClusterRoleBinding' },
    words: /name/,
  },
  {
    what: 'an undeclared parameter',
    values: { name: 'sly', neverDeclared: 'x' },
    words: /neverDeclared/,
  },
  {
    what: "another team's name as owner",
    values: { name: 'stolen', owner: 'group:default/payments' },
    words: /payments/,
  },
];
