import {
  Authentication,
  Authorization,
  ClusterSettings,
  Network,
  readMeshIdentity,
} from '@meshway/plugin-meshed-service-common';

/** One way in, for people: who, from where, and what says so. */
export function presentAuthorization(
  { kind, name, ref, networks, authentication }: Authorization,
  settings: ClusterSettings,
): string {
  const source =
    kind === 'default' ? `policy ${name}` : `${ref?.kind ?? kind} ${name}`;
  return `${whoOf(authentication, settings)}${whereOf(networks)} (${source})`;
}

function whoOf(
  authentication: Authentication,
  settings: ClusterSettings,
): string {
  switch (authentication.type) {
    case 'unauthenticated':
      return 'everybody, also in plaintext';
    case 'meshTLS-unauthenticated':
      return 'everybody over TLS of the mesh, also without an identity';
    default: {
      const { identities, suffixes } = authentication;
      return [
        ...suffixes.map(each => clientsOf(each, settings)),
        ...identities.map(each => clientOf(each, settings)),
      ].join(', ');
    }
  }
}

function clientsOf(suffix: string, settings: ClusterSettings): string {
  if (suffix === '') return 'every meshed client';
  const who = readMeshIdentity(suffix, settings);
  return who && who.serviceAccount === undefined
    ? `every meshed client of namespace ${who.namespace}`
    : `every client whose identity ends in .${suffix}`;
}

function clientOf(identity: string, settings: ClusterSettings): string {
  const who = readMeshIdentity(identity, settings);
  return who?.serviceAccount === undefined
    ? identity
    : `ServiceAccount ${who.namespace}/${who.serviceAccount}`;
}

function whereOf(networks: readonly Network[]): string {
  const everywhere = ['0.0.0.0/0', '::/0'].every(all =>
    networks.some(({ cidr, except }) => cidr === all && except.length === 0),
  );
  if (everywhere) return '';
  if (networks.length === 0) return ' from nowhere';
  const shown = networks.map(({ cidr, except }) =>
    except.length > 0 ? `${cidr} but ${except.join(' and ')}` : cidr,
  );
  return ` from ${shown.join(', ')}`;
}
