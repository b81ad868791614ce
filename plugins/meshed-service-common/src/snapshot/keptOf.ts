import { parseDocument, stringify } from 'yaml';
import type { ObservedKind } from '../status';
import { isRecord, keep, Kept } from './keep';
import { keptOfPodSpec, keptOfPodStatus } from './keptOfPod';
import { keptOfMetadata } from './keptOfMetadata';

/** Policies hold no secrets, and answers rest on every field of them. */
const policy: Kept = { spec: 'whole', status: 'whole' };

const conditions: Kept = {
  type: 'plain',
  status: 'plain',
  reason: 'plain',
  message: 'plain',
};

const podController: Kept = {
  spec: {
    replicas: 'plain',
    template: { metadata: keptOfMetadata, spec: { hostNetwork: 'plain' } },
  },
  status: {
    observedGeneration: 'plain',
    desiredNumberScheduled: 'plain',
    replicas: 'plain',
    updatedReplicas: 'plain',
    updatedNumberScheduled: 'plain',
    conditions,
  },
};

/** Of these, who and where they are is all that is read. */
const metadataOnly: Kept = {};

const kinds: Readonly<Record<ObservedKind, Kept>> = {
  Namespace: metadataOnly,
  Pod: { spec: keptOfPodSpec, status: keptOfPodStatus },
  Server: policy,
  AuthorizationPolicy: policy,
  ServerAuthorization: policy,
  MeshTLSAuthentication: policy,
  NetworkAuthentication: policy,
  HTTPRoute: policy,
  GRPCRoute: policy,
  HTTPLocalRateLimitPolicy: policy,
  EgressNetwork: policy,
  ExternalWorkload: policy,
  NetworkPolicy: policy,
  Deployment: podController,
  StatefulSet: podController,
  DaemonSet: podController,
  ReplicaSet: podController,
  Job: podController,
  CronJob: podController,
  ServiceAccount: metadataOnly,
  Service: {
    spec: {
      selector: 'whole',
      type: 'plain',
      ports: { port: 'plain', protocol: 'plain', targetPort: 'plain' },
    },
  },
  ConfigMap: { data: { values: ofInstallation, 'ca-bundle.crt': 'plain' } },
  Certificate: {
    spec: { isCA: 'plain', secretName: 'plain' },
    status: {
      notBefore: 'plain',
      notAfter: 'plain',
      renewalTime: 'plain',
      conditions,
    },
  },
  Application: {
    spec: { destination: { namespace: 'plain' } },
    status: {
      sync: { status: 'plain' },
      health: { status: 'plain' },
      operationState: { phase: 'plain', message: 'plain' },
      conditions,
    },
  },
  VaultAuth: {
    spec: {
      mount: 'plain',
      kubernetes: {
        role: 'plain',
        serviceAccount: 'plain',
        audiences: 'plain',
      },
    },
    status: { valid: 'plain', error: 'plain' },
  },
  VaultStaticSecret: {
    spec: {
      vaultAuthRef: 'plain',
      mount: 'plain',
      path: 'plain',
      destination: { name: 'plain' },
    },
    status: { conditions, secretMAC: wasSet },
  },
};

/** @returns what is kept of objects of a kind; of kinds that are not listed, who and where they are. */
export function keptOf(kind: string): Kept {
  const own = Object.hasOwn(kinds, kind) ? kinds[kind as ObservedKind] : {};
  return {
    apiVersion: 'plain',
    kind: 'plain',
    metadata: keptOfMetadata,
    ...(isRecord(own) ? own : {}),
  };
}

/** Of the values of a Linkerd installation, what says how it decides; some charts keep keys beside it. */
const installation: Kept = {
  linkerdVersion: 'plain',
  clusterNetworks: 'plain',
  clusterDomain: 'plain',
  identityTrustDomain: 'plain',
  proxy: {
    defaultInboundPolicy: 'plain',
    image: { version: 'plain' },
  },
  policyController: { probeNetworks: 'plain' },
};

function ofInstallation(values: unknown): unknown {
  if (typeof values !== 'string') return keep(values, 'plain');
  const document = parseDocument(values);
  const [error] = document.errors;
  // What is no YAML stays none, at the same line, and says no more.
  if (error) return `${'\n'.repeat((error.linePos?.[0].line ?? 1) - 1)}}`;
  return stringify(keep(document.toJS({ maxAliasCount: 100 }), installation));
}

/** That it is there says something; what it is, nobody needs. */
function wasSet(value: unknown): unknown {
  return value ? 'left out' : keep(value, 'plain');
}
