import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { ApiServer } from '../cluster/ApiServer';
import { makePki } from '../cluster/certificates';
import { freePorts } from '../processes';
import type { Boot } from './Boot';

export type Credentials = {
  url: string;
  folder: string;
  authorityFile: string;
  authority: string;
  serviceAccountKeyFile: string;
  /** Tokens of whom the API server knows without asking anybody. */
  tokens: { admin: string; controllerManager: string; scheduler: string };
};

/** Boots kube-apiserver with RBAC and every admission plugin that is on by default. */
export async function bootApiServer(boot: Boot, etcd: string) {
  const { folder, processes, tool } = boot;
  const [port] = await freePorts(1);
  const file = (name: string) => path.join(folder, name);
  const pki = await makePki();
  const tokens = {
    admin: newToken(),
    controllerManager: newToken(),
    scheduler: newToken(),
  };
  const secrets: Record<string, string> = {
    'ca.crt': pki.authority,
    'apiserver.crt': pki.certificate,
    'apiserver.key': pki.key,
    'sa.key': pki.serviceAccountKey,
    'sa.pub': pki.serviceAccountPublicKey,
    'tokens.csv': [
      `${tokens.admin},platform-admin,platform-admin,"system:masters"`,
      `${tokens.controllerManager},system:kube-controller-manager,system:kube-controller-manager`,
      `${tokens.scheduler},system:kube-scheduler,system:kube-scheduler`,
      '',
    ].join('\n'),
  };
  for (const [name, content] of Object.entries(secrets)) {
    writeFileSync(file(name), content, { mode: 0o600 });
  }
  const credentials: Credentials = {
    url: `https://127.0.0.1:${port}`,
    folder,
    authorityFile: file('ca.crt'),
    authority: pki.authority,
    serviceAccountKeyFile: file('sa.key'),
    tokens,
  };
  const server = new ApiServer(credentials.url, pki.authority, tokens.admin);
  await processes.launch({
    name: 'kube-apiserver',
    command: tool('kube-apiserver').command,
    args: [
      `--etcd-servers=${etcd}`,
      '--bind-address=127.0.0.1',
      '--advertise-address=127.0.0.1',
      `--secure-port=${port}`,
      `--tls-cert-file=${file('apiserver.crt')}`,
      `--tls-private-key-file=${file('apiserver.key')}`,
      `--client-ca-file=${file('ca.crt')}`,
      `--token-auth-file=${file('tokens.csv')}`,
      '--service-account-issuer=https://kubernetes.default.svc.cluster.local',
      `--service-account-key-file=${file('sa.pub')}`,
      `--service-account-signing-key-file=${file('sa.key')}`,
      '--service-cluster-ip-range=10.0.0.0/24',
      '--authorization-mode=RBAC',
      '--allow-privileged=true',
      '--shutdown-delay-duration=0s',
      // It would try in vain to make an Endpoints object of a loopback address.
      '--endpoint-reconciler-type=none',
    ],
    ready: () => server.isReady(),
  });
  return { credentials, server };
}

const newToken = () => randomBytes(24).toString('base64url');
