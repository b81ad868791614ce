import type { KubernetesObject } from '@meshway/plugin-meshed-service-common';
import {
  BeingDeletedError,
  FieldConflictError,
  InvalidObjectError,
  Kubernetes,
  NamespaceAbsentError,
  ObjectGoneError,
  UnknownKindError,
} from '..';

/** What the contract needs beside the port: names of its own, and somebody else who writes. */
export type ContractSetting = {
  kubernetes(): Kubernetes;
  /** A name that no other test has. */
  newName(): string;
  /** Writes as somebody else, who takes every field. */
  asSomebodyElse(object: KubernetesObject): Promise<unknown>;
};

/** What every implementation of the port does. */
export function kubernetesContract(setting: ContractSetting) {
  const owned = (name: string, owner = 'group:default/pay') => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, annotations: { 'meshway.dev/owner': owner } },
  });
  const refTo = (name: string) => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    name,
  });
  const settings = (
    namespace: string,
    data: Record<string, string>,
    more: object = {},
  ) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'settings', namespace, ...more },
    data,
  });
  const aNamespace = async () => {
    const name = setting.newName();
    const { object } = await setting.kubernetes().claim(owned(name));
    return { name, uid: object.metadata.uid };
  };

  describe('claim', () => {
    it('is won by exactly one of many at once', async () => {
      const name = setting.newName();
      const all = await Promise.all(
        ['a', 'b', 'c', 'd'].map(owner =>
          setting.kubernetes().claim(owned(name, owner)),
        ),
      );
      expect(all.map(({ outcome }) => outcome).sort()).toEqual([
        'created',
        'exists',
        'exists',
        'exists',
      ]);
      expect(new Set(all.map(({ object }) => object.metadata.uid)).size).toBe(
        1,
      );
    });

    it("gives back another's object untouched", async () => {
      const name = setting.newName();
      const foreign = owned(name, 'group:default/risk');
      await setting.asSomebodyElse(foreign);
      const before = await setting.kubernetes().read(refTo(name));
      expect(await setting.kubernetes().claim(owned(name))).toEqual({
        outcome: 'exists',
        object: before,
      });
    });
  });

  describe('create', () => {
    it('writes the whole object, and a second one not at all', async () => {
      const { name } = await aNamespace();
      const { kubernetes } = setting;
      const first = await kubernetes().create(settings(name, { a: '1' }));
      expect(first).toMatchObject({
        outcome: 'created',
        object: { data: { a: '1' } },
      });
      expect(await kubernetes().create(settings(name, { a: '2' }))).toEqual({
        outcome: 'exists',
        object: first.object,
      });
      expect(await kubernetes().create(settings(name, { b: '2' }))).toEqual({
        outcome: 'exists',
        object: first.object,
      });
    });

    it("leaves another's object as it is", async () => {
      const { name } = await aNamespace();
      await setting.asSomebodyElse(settings(name, { theirs: '1' }));
      const made = await setting
        .kubernetes()
        .create(settings(name, { ours: '1' }));
      expect(made).toMatchObject({
        outcome: 'exists',
        object: { data: { theirs: '1' } },
      });
    });

    it('leaves the object to later changes and removals', async () => {
      const { name } = await aNamespace();
      const { object } = await setting
        .kubernetes()
        .create(settings(name, { a: '1', b: '1' }));
      const { uid } = object.metadata;
      expect(
        (await setting.kubernetes().apply(settings(name, { a: '2' }), { uid }))
          .data,
      ).toEqual({ a: '2' });
    });

    it('needs a namespace', async () => {
      await expect(
        setting.kubernetes().create(settings(setting.newName(), {})),
      ).rejects.toThrow(NamespaceAbsentError);
    });

    it('refuses a field that the server does not know', async () => {
      const { name } = await aNamespace();
      const object = { ...settings(name, {}), unknownField: 1 };
      await expect(setting.kubernetes().create(object)).rejects.toThrow(
        InvalidObjectError,
      );
    });
  });

  describe('apply', () => {
    it('writes nothing when nothing changes', async () => {
      const { name, uid } = await aNamespace();
      const wanted = {
        ...owned(name),
        metadata: { ...owned(name).metadata, labels: { a: 'b' } },
      };
      const first = await setting.kubernetes().apply(wanted, { uid });
      const second = await setting.kubernetes().apply(wanted, { uid });
      expect(second).toEqual(first);
      expect(first.metadata.labels).toMatchObject({ a: 'b' });
    });

    it('changes what the claim wrote', async () => {
      const { name, uid } = await aNamespace();
      const wanted = owned(name, 'group:default/heirs');
      const { metadata } = await setting.kubernetes().apply(wanted, { uid });
      expect(metadata.annotations).toEqual(wanted.metadata.annotations);
    });

    it('names whoever wrote a field, and leaves it to them', async () => {
      const { name } = await aNamespace();
      const { object } = await setting
        .kubernetes()
        .create(settings(name, { a: '1' }));
      await setting.asSomebodyElse(settings(name, { a: 'theirs' }));
      const { uid } = object.metadata;
      const attempt = setting
        .kubernetes()
        .apply(settings(name, { a: '2' }), { uid });
      await expect(attempt).rejects.toThrow(FieldConflictError);
      await expect(attempt).rejects.toMatchObject({
        conflicts: [{ field: 'data.a', manager: expect.stringMatching(/./) }],
      });
      const taken = await setting
        .kubernetes()
        .apply(settings(name, { a: '2' }), { uid, force: true });
      expect(taken.data).toEqual({ a: '2' });
    });

    it('never makes an object, nor writes onto another than the one meant', async () => {
      const { name } = await aNamespace();
      const absent = setting.newName();
      const uid = '00000000-0000-4000-8000-000000000000';
      const { kubernetes } = setting;
      await expect(kubernetes().apply(owned(name), { uid })).rejects.toThrow(
        ObjectGoneError,
      );
      await expect(kubernetes().apply(owned(absent), { uid })).rejects.toThrow(
        ObjectGoneError,
      );
      expect(await kubernetes().read(refTo(absent))).toBeUndefined();
    });

    it('writes onto exactly the version that is meant', async () => {
      const { name } = await aNamespace();
      const { kubernetes } = setting;
      const { object } = await kubernetes().create(settings(name, { a: '1' }));
      const { uid, resourceVersion } = object.metadata;
      await kubernetes().apply(settings(name, { a: '2' }), {
        uid,
        resourceVersion,
      });
      await expect(
        kubernetes().apply(settings(name, { a: '3' }), {
          uid,
          resourceVersion,
        }),
      ).rejects.toThrow(ObjectGoneError);
    });

    it('only tries when it is a dry run', async () => {
      const { name, uid } = await aNamespace();
      const { kubernetes } = setting;
      const wanted = owned(name, 'group:default/heirs');
      const tried = await kubernetes().apply(wanted, { uid, dryRun: true });
      expect(tried.metadata.annotations).toEqual(wanted.metadata.annotations);
      expect(
        (await kubernetes().read(refTo(name)))?.metadata.annotations,
      ).toEqual(owned(name).metadata.annotations);
    });
  });

  it('tries to create without creating', async () => {
    const name = setting.newName();
    await setting.kubernetes().tryCreate(owned(name));
    expect(await setting.kubernetes().read(refTo(name))).toBeUndefined();
  });

  describe('delete', () => {
    it('deletes the object that is meant, and no other', async () => {
      const { name } = await aNamespace();
      const { kubernetes } = setting;
      const { object } = await kubernetes().create(settings(name, {}));
      const ref = {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        namespace: name,
        name: 'settings',
      };
      const { uid } = object.metadata;
      const another = '00000000-0000-4000-8000-000000000000';
      expect(await kubernetes().delete(ref, { uid: another })).toBe('replaced');
      expect(await kubernetes().delete(ref, { uid })).toBe('deleted');
      expect(await kubernetes().delete(ref, { uid })).toBe('absent');
    });

    it('keeps anything from being written while it goes on', async () => {
      const { name, uid } = await aNamespace();
      const { kubernetes } = setting;
      const held = (finalizers: string[]) => settings(name, {}, { finalizers });
      const { object } = await kubernetes().create(held(['example.com/keep']));
      expect(await kubernetes().delete(refTo(name), { uid })).toBe('deleted');
      expect(await kubernetes().delete(refTo(name), { uid })).toBe('deleted');
      await expect(
        kubernetes().apply(owned(name, 'x'), { uid }),
      ).rejects.toThrow(BeingDeletedError);
      const late = settings(name, {});
      await expect(
        kubernetes().create({
          ...late,
          metadata: { ...late.metadata, name: 'late' },
        }),
      ).rejects.toThrow(BeingDeletedError);
      expect((await kubernetes().claim(owned(name))).object.metadata).toEqual(
        expect.objectContaining({ deletionTimestamp: expect.any(String) }),
      );
      await kubernetes()
        .apply(held([]), { uid: object.metadata.uid })
        // It goes at once, and may be gone before it can be shown.
        .catch(() => undefined);
    });
  });

  describe('discovery', () => {
    it('knows the kinds of a group, and that there is no such group', async () => {
      expect(
        (await setting.kubernetes().kindsOf('apps/v1'))?.find(
          ({ kind }) => kind === 'Deployment',
        ),
      ).toMatchObject({ resource: 'deployments', namespaced: true });
      expect(
        await setting.kubernetes().kindsOf('nobody.example.com/v1'),
      ).toBeUndefined();
    });

    it('names every namespaced kind once', async () => {
      const kinds = await setting.kubernetes().namespacedKinds();
      const names = kinds.map(
        ({ apiVersion, resource }) =>
          `${
            apiVersion.includes('/') ? apiVersion.split('/')[0] : ''
          }/${resource}`,
      );
      expect(names).toEqual([...new Set(names)]);
      expect(names).toEqual(
        expect.arrayContaining(['/secrets', 'apps/deployments']),
      );
      expect(names).not.toContain('/namespaces');
    });

    it('refuses a kind that the server does not know', async () => {
      await expect(
        setting.kubernetes().read({
          apiVersion: 'nobody.example.com/v1',
          kind: 'Nothing',
          namespace: 'default',
          name: 'a',
        }),
      ).rejects.toThrow(UnknownKindError);
    });
  });

  it('lists what carries a label, in one namespace or in all', async () => {
    const { name } = await aNamespace();
    const { kubernetes } = setting;
    const label = { 'meshway.dev/service': name };
    await kubernetes().create(settings(name, {}, { labels: label }));
    const of = { apiVersion: 'v1', kind: 'ConfigMap' };
    const labelSelector = `meshway.dev/service=${name}`;
    const found = await kubernetes().list(of, {
      namespace: name,
      labelSelector,
    });
    expect(found).toMatchObject(
      [settings(name, {}, {}).metadata].map(metadata => ({ ...of, metadata })),
    );
    expect(await kubernetes().list(of, { labelSelector })).toEqual(found);
  });

  it('says what the credentials may do, and how far the clocks are apart', async () => {
    const { kubernetes } = setting;
    expect(
      await kubernetes().mayI([
        { verb: 'create', group: '', resource: 'namespaces' },
      ]),
    ).toEqual([true]);
    const { gitVersion, clockSkewSeconds } = await kubernetes().version();
    expect(gitVersion).toMatch(/^v1\.\d+/);
    expect(Math.abs(clockSkewSeconds)).toBeLessThanOrEqual(1);
  });
}
