import { proxyResources } from '../model';
import type { MeshedServiceSpec } from './MeshedServiceSpec';
import { bytes, millicores } from './quantities';
import type { SpecProblem } from './SpecProblem';

/** Amounts that contradict each other: Kubernetes would refuse the pods, one by one and late. */
export function workload(spec: MeshedServiceSpec): SpecProblem[] {
  return [...resources(spec), ...quota(spec)];
}

function resources(spec: MeshedServiceSpec): SpecProblem[] {
  const { requests, limits } = spec.workload.resources;
  const problems: SpecProblem[] = [];
  if (limits.cpu && millicores(requests.cpu) > millicores(limits.cpu))
    problems.push({
      path: 'workload.resources.requests.cpu',
      message: `must not exceed the limit, which is ${limits.cpu}`,
    });
  if (bytes(requests.memory) > bytes(limits.memory))
    problems.push({
      path: 'workload.resources.requests.memory',
      message: `must not exceed the limit, which is ${limits.memory}`,
    });
  return problems;
}

/** Every replica carries a proxy, which counts. */
function quota(spec: MeshedServiceSpec): SpecProblem[] {
  const { quota: allowed, workload: wanted } = spec;
  if (!allowed) return [];
  const { replicas, resources: each } = wanted;
  const cpu = [each.requests.cpu, proxyResources.requests.cpu];
  const memory = [each.limits.memory, proxyResources.limits.memory];
  const problems: SpecProblem[] = [];
  const tooSmall = (field: string, what: string) =>
    problems.push({
      path: `quota.${field}`,
      message: `is too small for ${replicas} replicas, ${what}`,
    });
  if (allowed.pods < replicas) tooSmall('pods', 'one pod each');
  if (millicores(allowed.cpu) < replicas * total(cpu.map(millicores)))
    tooSmall('cpu', `${cpu[0]} each and ${cpu[1]} for its proxy`);
  if (bytes(allowed.memory) < replicas * total(memory.map(bytes)))
    tooSmall('memory', `${memory[0]} each and ${memory[1]} for its proxy`);
  return problems;
}

const total = (amounts: number[]) => amounts.reduce((sum, one) => sum + one, 0);
