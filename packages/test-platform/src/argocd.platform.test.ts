import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { platformForTests } from '.';
import { until } from './__testUtils__/until';

const run = promisify(execFile);

type ApplicationStatus = {
  sync?: { status: string };
  health?: { status: string };
};

describe('Argo CD on a platform', () => {
  const platform = platformForTests(['argocd']);
  const folders: string[] = [];
  afterAll(() =>
    folders.forEach(folder => rmSync(folder, { recursive: true })),
  );

  it('makes an application of a registration, and its service becomes synced and healthy', async () => {
    const name = platform.newNamespaceName('hello');
    await push(name, {
      'manifests/kustomization.yaml': `
        apiVersion: kustomize.config.k8s.io/v1beta1
        kind: Kustomization
        resources: [namespace.yaml, deployment.yaml]`,
      'manifests/namespace.yaml': `
        apiVersion: v1
        kind: Namespace
        metadata: { name: ${name}, annotations: { linkerd.io/inject: enabled } }`,
      'manifests/deployment.yaml': `
        apiVersion: apps/v1
        kind: Deployment
        metadata: { name: ${name}, namespace: ${name} }
        spec:
          selector: { matchLabels: { app: hello } }
          template:
            metadata: { labels: { app: hello } }
            spec: { containers: [{ name: hello, image: registry.example/hello:1.0 }] }`,
    });

    await register(name, 'ArgoRegistration');

    const status = await until(
      () => applicationOf(name),
      application =>
        application?.sync?.status === 'Synced' &&
        application.health?.status === 'Healthy',
    );
    expect(status).toMatchObject({
      sync: { status: 'Synced' },
      health: { status: 'Healthy' },
    });

    await register(name, 'ServiceClaim');

    expect(
      await until(
        () => applicationOf(name),
        application => application === undefined,
      ),
    ).toBeUndefined();
  });

  async function applicationOf(
    name: string,
  ): Promise<ApplicationStatus | undefined> {
    const found = await platform.kubernetes.server.read({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: { name: `${name}.local`, namespace: platform.argocd.namespace },
    });
    return found && ((found.status ?? {}) as ApplicationStatus);
  }

  async function register(name: string, kind: string) {
    const { repositories } = platform.argocd;
    await push('meshway-registry', {
      [`services/local/${name}/${name}.yaml`]: `
        apiVersion: meshway.dev/v1alpha1
        kind: ${kind}
        metadata:
          name: ${name}.local
          namespace: ${name}
          annotations:
            meshway.dev/claim: local/${name}/${name}
            meshway.dev/entity-ref: component:default/${name}
            meshway.dev/owner: group:default/payments
        spec:
          cluster: local
          namespace: ${name}
          service: ${name}
          owner: group:default/payments
          project: payments
          repository: ${name}
          repositoryUrl: file://${repositories}/${name}.git
          path: manifests
          revision: main`,
    });
  }

  /** Commits files on top of what the repository has; makes the repository where there is none. */
  async function push(repository: string, files: Record<string, string>) {
    const bare = path.join(platform.argocd.repositories, `${repository}.git`);
    const folder = mkdtempSync(path.join(tmpdir(), 'meshway-argocd-'));
    folders.push(folder);
    const git = (...args: string[]) =>
      run('git', [
        '-C',
        folder,
        '-c',
        'user.name=a',
        '-c',
        'user.email=a@b',
        ...args,
      ]);
    await run('git', [
      'init',
      '--quiet',
      '--bare',
      '--initial-branch=main',
      bare,
    ]);
    await git('clone', '--quiet', bare, '.');
    for (const [file, content] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      writeFileSync(path.join(folder, file), content);
    }
    await git('add', '--all');
    await git('commit', '--quiet', '--message', 'A change');
    await git('push', '--quiet', 'origin', 'HEAD:main');
  }
});
