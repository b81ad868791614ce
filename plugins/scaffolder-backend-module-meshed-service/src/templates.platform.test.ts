import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Entity } from '@backstage/catalog-model';
import type { JsonObject } from '@backstage/types';
import meshedServicePlugin from '@meshway/plugin-meshed-service-backend';
import {
  annotations,
  readStamp,
  STAMP_PATH,
} from '@meshway/plugin-meshed-service-common';
import { platformForTests } from '@meshway/test-platform';
// Only tests share it: a published package must not export what rests on a private one.
// eslint-disable-next-line @backstage/no-relative-monorepo-imports
import { administrator } from '../../meshed-service-backend/src/__testUtils__/onPlatform';
import { aKey, anIssuer } from './__testUtils__/anIssuer';
import { aFolder } from './__testUtils__/aPlace';
import { startPortal } from './__testUtils__/aPortal';
import { aRequest } from './__testUtils__/aService';
import { aComponent } from './__testUtils__/entities';
import { ourPolicy } from './__testUtils__/policy';
import { readTemplate } from './__testUtils__/readTemplate';
import { repositoriesIn } from './__testUtils__/repositories';
import type { Task } from './__testUtils__/tasks';

describe('the templates, through a real scaffolder and backend, on a real platform', () => {
  const platform = platformForTests(['kubernetes', 'argocd', 'vault']);
  jest.setTimeout(600_000);
  const issuer = anIssuer(aKey());
  const ada = 'user:default/ada';
  const names: Record<'apply' | 'gitops' | 'eves' | 'late', string> = {
    apply: '',
    gitops: '',
    eves: '',
    late: '',
  };
  let portal: Awaited<ReturnType<typeof startPortal>>;
  let admin: ReturnType<typeof administrator>;

  beforeAll(async () => {
    admin = administrator(platform);
    for (const purpose of Object.keys(names) as Array<keyof typeof names>)
      names[purpose] = platform.newNamespaceName('cart');
    const workspaces = path.join(aFolder(), 'workspaces');
    mkdirSync(workspaces);
    const { repositories } = platform.argocd;
    portal = await startPortal({
      repositories,
      workspaces,
      asAda: () => issuer.signIn(ada),
      features: [meshedServicePlugin, ...issuer.features],
      permissions: ourPolicy,
      entities: [
        ...Object.values(names).map(name =>
          aComponent(name, { [annotations.service]: `local/${name}/${name}` }),
        ),
        templateThatWaitsFirst(),
      ],
      meshedService: {
        clusters: [
          {
            name: 'local',
            kubeconfig: { file: platform.kubernetes.kubeconfig('writer') },
          },
        ],
        vault: {
          address: platform.vault.address,
          token: platform.vault.portalToken,
        },
        platform: {
          vault: { address: platform.vault.address },
          argocd: { namespace: platform.argocd.namespace },
          forge: {
            repositoryUrl: `file://${repositories}/{repository}.git`,
          },
        },
        rateLimits: { writesPerMinute: 1000, plansPerMinute: 1000 },
      },
    });
  });
  afterAll(() => portal?.stop());

  const values = (name: string, mode: 'apply' | 'gitops'): JsonObject =>
    aRequest({
      name,
      // On a busy machine imitated nodes are lost now and then, and their pods with them: not what is looked at here.
      workload: { image: 'ghcr.io/acme/cart:1.0', replicas: 0 },
      secrets: { delivery: 'vso', paths: ['database'] },
      delivery: {
        mode,
        repository: name,
        project: mode === 'gitops' ? 'shop' : 'shop-apply',
      },
    });
  const repositoryOf = (name: string) =>
    repositoriesIn(platform.argocd.repositories)[name];
  const phaseOf = async (name: string) => {
    const server = await admin.read(
      `/apis/policy.linkerd.io/v1beta3/namespaces/${name}/servers/${name}.grpc`,
    );
    return Object(Object(server).spec).accessPolicy;
  };
  const recordedPhase = (name: string) =>
    readStamp(repositoryOf(name).files[STAMP_PATH]).spec.phase;
  const completed = (task: Task) => {
    if (task.status !== 'completed') throw new Error(task.log);
    return task;
  };
  const inForm = (template: string) => ({ template });

  it.each(['apply', 'gitops'] as const)(
    'make, move forward and back, and retire a service delivered by %s',
    async mode => {
      const name = names[mode];
      const service = `component:default/${name}`;
      const made = completed(await portal.ask(values(name, mode)));
      const namespace = await admin.namespace(name);
      expect({
        steps: made.steps,
        owner: namespace?.metadata.annotations?.[annotations.owner],
        author: repositoryOf(name).log[0],
        report: made.output.text,
      }).toEqual({
        steps: {
          parse: 'completed',
          admit: 'completed',
          plan: 'completed',
          apply: 'completed',
          verify: 'completed',
        },
        owner: 'group:default/shop',
        author: expect.stringMatching(/^Ada Lovelace <ada@example\.com> /),
        report: [
          { title: 'Receipt', content: expect.stringContaining('Created **') },
          expect.objectContaining({
            content: expect.stringContaining('is `ok`'),
          }),
        ],
      });

      const before = repositoryOf(name);
      const again = completed(await portal.ask(values(name, mode)));
      expect(again.log).toMatch(`local/${name}/${name}: unchanged`);
      expect(repositoryOf(name)).toEqual(before);

      const enforced = completed(
        await portal.ask(
          { service, phase: 'enforce', reason: 'Seen for two weeks' },
          inForm('change-phase'),
        ),
      );
      const { links } = enforced.output;
      expect({
        phases: [await phaseOf(name), recordedPhase(name)],
        isReviewed: JSON.stringify(links).includes('Review the change'),
      }).toEqual(
        mode === 'apply'
          ? { phases: ['deny', 'enforce'], isReviewed: false }
          : { phases: ['audit', 'audit'], isReviewed: true },
      );

      completed(
        await portal.ask({ service, phase: 'observe' }, inForm('change-phase')),
      );
      expect([await phaseOf(name), recordedPhase(name)]).toEqual([
        'all-unauthenticated',
        'observe',
      ]);

      const slip = await portal.ask(
        { service, namespace: 'another' },
        inForm('retire-service'),
      );
      expect([slip.status, slip.log]).toEqual([
        'failed',
        expect.stringContaining('"another" is not the namespace'),
      ]);
      expect(await admin.namespace(name)).toBeDefined();
      completed(
        await portal.ask(
          { service, namespace: name },
          inForm('retire-service'),
        ),
      );
      expect(await admin.namespace(name)).toBeUndefined();
    },
  );

  it('refuse a user without the right, in plain words, and leave nothing', async () => {
    const name = names.eves;
    const eve = issuer.signIn('user:default/eve');
    const task = await portal.ask(values(name, 'apply'), {
      as: eve,
      reads: eve,
    });

    expect(task.status).toBe('failed');
    expect(task.log).toMatch(
      /NotAllowedError: You may not ask for services of group:default\/shop/,
    );
    expect(task.log).not.toMatch(/\n\s+at /);
    expect([repositoryOf(name), await admin.namespace(name)]).toEqual([
      undefined,
      undefined,
    ]);
  });

  it('stop before the next write when the sign-in has expired while the task waited, and finish by Retry', async () => {
    const name = names.late;
    const task = await portal.ask(values(name, 'apply'), {
      template: 'waits-first',
      as: issuer.signIn(ada, 4),
    });
    const left = [repositoryOf(name), await admin.namespace(name)];
    const retried = completed(await portal.retry(task.id));

    expect(task).toMatchObject({
      status: 'failed',
      steps: { wait: 'completed', apply: 'failed' },
    });
    expect(task.log).toMatch(
      /AuthenticationError: The sign-in of whoever started this has expired, so it stopped before its next write\. Sign in and press Retry/,
    );
    expect(left).toEqual([undefined, undefined]);
    expect(retried.steps).toMatchObject({
      apply: 'completed',
      verify: 'completed',
    });
    expect(await admin.namespace(name)).toBeDefined();
  });
});

/** The form that makes a service, with a task that waits before it writes. */
function templateThatWaitsFirst(): Entity {
  const template = readTemplate();
  const wait = {
    id: 'wait',
    name: 'Wait',
    action: 'debug:wait',
    input: { seconds: 6 },
  };
  return JSON.parse(
    JSON.stringify({
      ...template,
      metadata: { ...template.metadata, name: 'waits-first' },
      spec: { ...template.spec, steps: [wait, ...template.spec.steps] },
    }),
  );
}
