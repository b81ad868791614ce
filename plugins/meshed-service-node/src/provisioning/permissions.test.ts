import type { PolicyRule } from '@meshway/plugin-meshed-service-common';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  checkout,
  describeRight,
  rightsOf,
  shippedRules,
} from './__testUtils__/shippedRoles';
import { readerRules, writerRules } from '.';

describe('the roles that are shipped', () => {
  const rights = (rules: readonly PolicyRule[]) =>
    rightsOf(rules).map(describeRight).sort();
  const all = (['reader', 'writer'] as const).flatMap(account =>
    (['ClusterRole', 'Role'] as const).map(
      kind => [account, kind, shippedRules(account, kind)] as const,
    ),
  );

  it('let the writer do what provisioning needs, no more and no less', () => {
    const { cluster, argocd, controlPlane } = writerRules();
    expect({
      cluster: rights(shippedRules('writer', 'ClusterRole')),
      argocd: rights(shippedRules('writer', 'Role', 'argocd')),
      controlPlane: rights(shippedRules('writer', 'Role', 'linkerd')),
    }).toEqual({
      cluster: rights(cluster),
      argocd: rights(argocd),
      controlPlane: rights(controlPlane),
    });
  });

  it('let the reader do what is read where Argo CD writes, and what a status rests on', () => {
    const { cluster, argocd, controlPlane } = readerRules();
    expect({
      cluster: rights(shippedRules('reader', 'ClusterRole')),
      argocd: rights(shippedRules('reader', 'Role', 'argocd')),
      controlPlane: rights(shippedRules('reader', 'Role', 'linkerd')),
    }).toEqual({
      cluster: rights(cluster),
      argocd: rights(argocd),
      controlPlane: rights(controlPlane),
    });
  });

  it.each(all)(
    'of the %s (%s) hold no wildcard, no Secret, and no right over rights',
    (_account, _kind, rules) => {
      const held = rightsOf(rules);
      expect(held.length).toBeGreaterThan(0);
      expect(
        held
          .filter(
            ({ verb, group, resource }) =>
              [verb, group, resource].some(each => each.includes('*')) ||
              ['bind', 'escalate', 'impersonate'].includes(verb) ||
              /^(secrets|serviceaccounts\/token|pods\/(exec|attach|portforward|ephemeralcontainers)|nodes|clusterroles|clusterrolebindings)$/.test(
                resource,
              ) ||
              /^(admissionregistration|certificates|authentication|authorization)/.test(
                group,
              ),
          )
          .map(describeRight),
      ).toEqual([]);
    },
  );

  it('give the reader nothing to write with', () => {
    expect(
      all
        .filter(([account]) => account === 'reader')
        .flatMap(([, , rules]) => rightsOf(rules))
        .filter(({ verb }) => !['get', 'list', 'watch'].includes(verb)),
    ).toEqual([]);
  });
});

describe('docs/operating.md', () => {
  it('says of every resource what the portal may do to it', () => {
    const docs = readFileSync(join(checkout, 'docs/operating.md'), 'utf8');
    const [, section] = docs.split('\n## What the portal may do\n');
    const rows = section
      .split('\n## ')[0]
      .split('\n')
      .filter(line => line.startsWith('| `'));
    expect(rows.map(normalized).sort()).toEqual(
      rowsOf(
        shippedRules('reader', 'ClusterRole'),
        shippedRules('writer', 'ClusterRole'),
      )
        .concat(
          rowsOf(
            shippedRules('reader', 'Role', 'argocd'),
            shippedRules('writer', 'Role', 'argocd'),
            ' in `argocd`',
          ),
        )
        .concat(
          rowsOf(
            shippedRules('reader', 'Role', 'linkerd'),
            shippedRules('writer', 'Role', 'linkerd'),
            ' in `linkerd`',
          ),
        )
        .map(normalized)
        .sort(),
    );
  });

  const normalized = (row: string) => row.replace(/ +/g, ' ');
});

const order = ['get', 'list', 'watch', 'create', 'patch', 'update', 'delete'];

/** The table of the docs: a row per resource, with the verbs of each account. */
function rowsOf(
  reader: readonly PolicyRule[],
  writer: readonly PolicyRule[],
  where = '',
): string[] {
  const nameOf = ({ group, resource }: { group: string; resource: string }) =>
    `\`${resource}${group ? `.${group}` : ''}\`${where}`;
  const [read, written] = [rightsOf(reader), rightsOf(writer)];
  const resources = [...new Set([...read, ...written].map(nameOf))].sort();
  const verbs = (rights: typeof read, name: string) =>
    order
      .filter(verb =>
        rights.some(each => each.verb === verb && nameOf(each) === name),
      )
      .join(', ') || '–';
  return resources.map(
    name => `| ${name} | ${verbs(read, name)} | ${verbs(written, name)} |`,
  );
}
