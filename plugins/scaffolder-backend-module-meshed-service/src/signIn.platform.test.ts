import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Entity } from '@backstage/catalog-model';
import meshedServicePlugin from '@meshway/plugin-meshed-service-backend';
import { kinds, names } from '@meshway/plugin-meshed-service-common';
import { platformForTests } from '@meshway/test-platform';
import { parse } from 'yaml';
// Only tests share it: a published package must not export what rests on a private one.
// eslint-disable-next-line @backstage/no-relative-monorepo-imports
import {
  administrator,
  PROJECT,
} from '../../meshed-service-backend/src/__testUtils__/onPlatform';
import { aKey, anIssuer } from './__testUtils__/anIssuer';
import { aFolder } from './__testUtils__/aPlace';
import { startPortal } from './__testUtils__/aPortal';
import { aRequest } from './__testUtils__/aService';
import { ourPolicy } from './__testUtils__/policy';
import { readTemplate } from './__testUtils__/readTemplate';
import { repositoriesIn } from './__testUtils__/repositories';

describe('a task in gitops whose sign-in ends while it waits for Argo CD', () => {
  // No Argo CD looks at the repositories of this portal: the test makes the namespace in its place, when it wants to.
  const platform = platformForTests(['kubernetes', 'vault']);
  jest.setTimeout(600_000);
  const issuer = anIssuer(aKey());
  const ada = 'user:default/ada';
  let repositories: string;
  let portal: Awaited<ReturnType<typeof startPortal>>;
  let admin: ReturnType<typeof administrator>;

  beforeAll(async () => {
    admin = administrator(platform);
    await admin.prepare();
    const folder = aFolder();
    repositories = path.join(folder, 'repositories');
    const workspaces = path.join(folder, 'workspaces');
    mkdirSync(workspaces);
    const { address, portalToken } = platform.vault;
    portal = await startPortal({
      repositories,
      workspaces,
      asAda: () => issuer.signIn(ada),
      features: [meshedServicePlugin, ...issuer.features],
      permissions: ourPolicy,
      entities: [templateThatWaitsForArgoCd()],
      meshedService: {
        clusters: [
          {
            name: 'local',
            kubeconfig: { file: platform.kubernetes.kubeconfig('writer') },
          },
        ],
        vault: { address, token: portalToken },
        platform: { vault: { address } },
        rateLimits: { writesPerMinute: 1000, plansPerMinute: 1000 },
      },
    });
  });
  afterAll(() => portal?.stop());

  const filesOf = (name: string) => repositoriesIn(repositories)[name]?.files;
  const serviceOf = (name: string) => ({
    cluster: 'local',
    namespace: name,
    name,
  });
  const isRoleWritten = async (name: string) => {
    const { address, rootToken } = platform.vault;
    const role = `auth/kubernetes/role/${names.vaultRole(serviceOf(name))}`;
    const { status } = await fetch(`${address}/v1/${role}`, {
      headers: { 'x-vault-token': rootToken },
    });
    return status === 200;
  };
  /** Makes the namespace as Argo CD would: of what the repository says. */
  const makeNamespace = async (name: string) => {
    const documents = Object.values(filesOf(name))
      .filter(text => /^kind: Namespace$/m.test(text))
      .map(text => parse(text));
    expect(documents.map(({ kind }) => kind)).toEqual([kinds.Namespace.kind]);
    await admin.apply(documents[0]);
  };

  /** @returns a task that has published its service, and whose sign-in has ended since: with a longer one, where it has to be. */
  const publishedTask = async (seconds: number): Promise<[string, string]> => {
    const name = platform.newNamespaceName('cart');
    const as = issuer.signIn(ada, seconds);
    const ended = Date.now() + seconds * 1000;
    const { body } = await portal
      .send(
        aRequest({
          name,
          secrets: { delivery: 'vso', paths: ['database'] },
          delivery: { mode: 'gitops', repository: name, project: PROJECT },
        }),
        { template: 'waits-for-argocd', as },
      )
      .expect(201);
    await sleep(ended - Date.now());
    return filesOf(name) ? [body.id, name] : publishedTask(seconds * 2);
  };

  it('has published and writes no role any more, says what to do, and writes it by Retry', async () => {
    const [id, name] = await publishedTask(8);
    await makeNamespace(name);
    const task = await portal.finished(id);
    const wasWritten = await isRoleWritten(name);
    const retried = await portal.retry(id);

    expect([task.status, task.log]).toEqual([
      'failed',
      expect.stringMatching(
        /AuthenticationError: The sign-in of whoever started this has expired, so it stopped before its next write\. Sign in and press Retry/,
      ),
    ]);
    expect(wasWritten).toBe(false);
    expect([retried.status, await isRoleWritten(name)]).toEqual([
      'completed',
      true,
    ]);
  });
});

/** The form that makes a service, with a single step that waits until Argo CD has made the namespace. */
function templateThatWaitsForArgoCd(): Entity {
  const template = readTemplate();
  const apply = template.spec.steps.find(({ id }) => id === 'apply');
  const waiting = { ...apply, input: { ...apply?.input, waitSeconds: 600 } };
  return JSON.parse(
    JSON.stringify({
      ...template,
      metadata: { ...template.metadata, name: 'waits-for-argocd' },
      spec: { ...template.spec, steps: [waiting], output: {} },
    }),
  );
}
