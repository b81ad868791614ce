/** A text that must match: how a name is checked, in one place for the schema and the form. @public */
export type Pattern = { expression: RegExp; right: string };

/** DNS-1035 without `--`: also rules out numeric YAML, dots inside an identity, and punycode. @public */
export const dnsLabel: Pattern = {
  expression: /^[a-z](?:-?[a-z0-9])*$/,
  right:
    'lower-case letters, digits and single dashes, starting with a letter and not ending with a dash',
};

/** DNS-1123 label: namespaces of others may start with a digit. @public */
export const namespaceLabel: Pattern = {
  expression: /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/,
  right:
    'lower-case letters, digits and dashes, as Kubernetes names namespaces',
};

/** DNS-1123 subdomain: ServiceAccounts of others may contain dots. @public */
export const serviceAccountName: Pattern = {
  expression:
    /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/,
  right:
    'the name of a ServiceAccount: lower-case letters, digits, dashes and dots',
};

/** IANA service name, as container ports are named: with a letter, no `--`. @public */
export const portName: Pattern = {
  expression: /^(?=.*[a-z])[a-z0-9](?:-?[a-z0-9])*$/,
  right:
    'at most 15 lower-case letters, digits and single dashes, with at least one letter',
};

/** @public */
export const entityRef: Pattern = {
  expression:
    /^[a-zA-Z][a-zA-Z0-9]{0,62}:(?=[^/]{1,63}\/.{1,63}$)[a-z0-9](?:[-a-z0-9]*[a-z0-9])?\/[a-zA-Z0-9](?:[-_.a-zA-Z0-9]*[a-zA-Z0-9])?$/,
  right: 'a full entity reference such as group:default/payments',
};

/** @public */
export const imageReference: Pattern = {
  expression:
    /^(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[1-9][0-9]{0,4})?\/)?[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*(?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(?:@sha256:[a-f0-9]{64})?$/,
  right: 'an image reference such as ghcr.io/acme/payments:1.4.2',
};

/** @public */
export const cpuQuantity: Pattern = {
  expression:
    /^(?:[1-9][0-9]{0,5}m|[1-9][0-9]{0,3}(?:\.[0-9]{1,3})?|0\.(?!0+$)[0-9]{1,3})$/,
  right: 'an amount of CPU such as 100m or 2',
};

/** @public */
export const memoryQuantity: Pattern = {
  expression: /^[1-9][0-9]{0,8}(?:Ki|Mi|Gi)$/,
  right: 'an amount of memory such as 128Mi or 2Gi',
};

/** Starts with a slash; no spaces, no empty and no dot segments. @public */
export const urlPath: Pattern = {
  expression:
    /^(?!.*\/\.{0,2}\/)(?!.*\/\.{1,2}$)\/(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/]|%[0-9A-Fa-f]{2})*$/,
  right: 'a path that starts with a slash, such as /healthz',
};

/** @public */
export const grpcService: Pattern = {
  expression: /^[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*$/,
  right: 'the full name of a gRPC service, such as shop.v1.Cart',
};

/** @public */
export const secretPath: Pattern = {
  expression:
    /^[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?(?:\/[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?)*$/,
  right:
    "a path below the service's own folder in Vault, such as database or database/reader: lower-case letters, digits, dashes, underscores and slashes",
};

/** @public */
export const repositoryName: Pattern = {
  expression:
    /^(?!.*\.(?:git|wiki)$)(?:[A-Za-z0-9](?:-?[A-Za-z0-9])*\/)?[A-Za-z0-9_][A-Za-z0-9._-]*$/,
  right: 'a repository such as payments-api or acme/payments-api',
};

/** A folder inside a repository: relative, no dot segments. @public */
export const repositoryPath: Pattern = {
  expression: /^[A-Za-z0-9_][A-Za-z0-9._-]*(?:\/[A-Za-z0-9_][A-Za-z0-9._-]*)*$/,
  right: 'a folder inside the repository, such as manifests',
};

/** @public */
export const gitRevision: Pattern = {
  expression:
    /^(?!.*(?:\.\.|\/\/|\.lock(?:\/|$)|\.(?:\/|$)))[A-Za-z0-9_][A-Za-z0-9._/-]*(?<!\/)$/,
  right: 'the name of a branch or tag, such as main',
};

/** The shape only; `checkSpec` reads the numbers. @public */
export const cidr: Pattern = {
  expression:
    /^(?:[0-9]{1,3}(?:\.[0-9]{1,3}){3}|(?=.*:)[0-9a-f:]{2,39})\/[0-9]{1,3}$/,
  right: 'a network in CIDR notation, such as 203.0.113.0/24',
};

/** Text without line breaks, control characters and byte-order marks. @public */
export const oneLine: Pattern = {
  expression:
    // eslint-disable-next-line no-control-regex -- control characters are what is refused
    /^[^\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]*$/,
  right: 'one line of text',
};
