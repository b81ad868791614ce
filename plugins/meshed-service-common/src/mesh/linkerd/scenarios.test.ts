import { join } from 'node:path';
import type { KubernetesObject } from '../../model';
import {
  readDocuments,
  readJson,
  recordedFolders,
} from './__testUtils__/recordings';
import {
  answerInbound,
  findWorkload,
  inboundPolicy,
  parseDefaultPolicy,
  readLinkerdObjects,
  type InboundAnswer,
} from './index';

/** Objects of a cluster, and what its policy controller answers about ports of its workloads. */
type Scenario = {
  name: string;
  claim: string;
  controlPlane: {
    defaultPolicy: string;
    clusterNetworks: string[];
    probeNetworks: string[];
    identityDomain: string;
  };
  objects: KubernetesObject[];
  answers: InboundAnswer[];
};

function scenariosIn(where: Parameters<typeof recordedFolders>[0]): Scenario[] {
  return recordedFolders(where).folders.map(folder => {
    const { scenario, ...rest } = readJson(join(folder, 'effective.json'));
    const objects = readDocuments(join(folder, 'objects.yaml'));
    return { ...rest, name: scenario, objects };
  });
}

function policiesOf(
  { controlPlane, answers }: Scenario,
  objects: KubernetesObject[],
) {
  const found = readLinkerdObjects(objects);
  const settings = {
    defaultInboundPolicy: parseDefaultPolicy(controlPlane.defaultPolicy),
    controlPlaneNamespace: 'linkerd',
    trustDomain: controlPlane.identityDomain,
    clusterNetworks: controlPlane.clusterNetworks,
    probeNetworks: controlPlane.probeNetworks,
  };
  return answers.map(({ workload: ref, port }) => {
    const workload = findWorkload(found, ref);
    return {
      answer: answerInbound(ref, workload, port, found.index, settings),
      history:
        workload &&
        inboundPolicy(workload, port, found.index, settings).history,
    };
  });
}

function answersTo(scenario: Scenario, objects = scenario.objects) {
  return policiesOf(scenario, objects).map(({ answer }) => inOneForm(answer));
}

/**
 * The recordings do not say how they write a limit for certain clients, nor how they order names and networks that any client
 * may match: any writing of the same counts.
 */
function inOneForm(answer: unknown): unknown {
  if (typeof answer !== 'object' || answer === null) return answer;
  if (Array.isArray(answer)) return answer.map(inOneForm);
  return Object.fromEntries(
    Object.entries(answer).map(([key, value]) => {
      if (!Array.isArray(value)) return [key, inOneForm(value)];
      if (key === 'overrides') return [key, value.map(textOf).sort()];
      const each = value.map(inOneForm);
      return [key, anyOrder.includes(key) ? inAnyOrder(each) : each];
    }),
  );
}

const anyOrder = ['identities', 'suffixes', 'networks', 'except'];

function inAnyOrder(list: unknown[]): string[] {
  return [...new Set(list.map(each => JSON.stringify(each)))].sort();
}

function textOf(limit: unknown): string {
  const leaves = (value: unknown): unknown[] =>
    typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(leaves)
      : [value];
  return leaves(limit).map(String).sort().join(' ');
}

function withoutStatus({ status: _, ...object }: KubernetesObject) {
  return object as KubernetesObject;
}

const recorded = {
  variable: 'MESHWAY_LINKERD_SCENARIOS',
  folder: '../shared/data/linkerd/scenarios',
};
const { absent = '' } = recordedFolders(recorded);
const describeWhereRecorded = absent ? describe.skip : describe;

describeWhereRecorded(`answers of a real policy controller ${absent}`, () => {
  const scenarios = absent ? [] : scenariosIn(recorded);

  it.each(scenarios)('$name: $claim', scenario => {
    expect(answersTo(scenario)).toEqual(scenario.answers.map(inOneForm));
  });

  it('depend on no history: every recording had settled', () => {
    expect(
      scenarios
        .flatMap(scenario => policiesOf(scenario, scenario.objects))
        .flatMap(({ history }) => history ?? []),
    ).toEqual([]);
  });

  it('follow from the objects alone, without what the controller wrote into their status', () => {
    expect(
      scenarios.map(each => answersTo(each, each.objects.map(withoutStatus))),
    ).toEqual(scenarios.map(({ answers }) => answers.map(inOneForm)));
  });
});

describe('answers derived by hand from the rules of the policy controller', () => {
  const scenarios = scenariosIn({
    folder:
      'plugins/meshed-service-common/src/mesh/linkerd/__fixtures__/scenarios',
  });

  it.each(scenarios)('$name: $claim', scenario => {
    expect(answersTo(scenario)).toEqual(scenario.answers.map(inOneForm));
  });

  it('follow from the objects alone, too', () => {
    expect(
      scenarios.map(each => answersTo(each, each.objects.map(withoutStatus))),
    ).toEqual(scenarios.map(({ answers }) => answers.map(inOneForm)));
  });
});
