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

function quota(spec: MeshedServiceSpec): SpecProblem[] {
  const { quota: allowed, workload: wanted } = spec;
  if (!allowed) return [];
  const { requests, limits } = wanted.resources;
  const problems: SpecProblem[] = [];
  const tooSmall = (field: string, what: string) =>
    problems.push({
      path: `quota.${field}`,
      message: `is too small for ${wanted.replicas} replicas of ${what}`,
    });
  if (allowed.pods < wanted.replicas) tooSmall('pods', 'one pod each');
  if (millicores(allowed.cpu) < wanted.replicas * millicores(requests.cpu))
    tooSmall('cpu', requests.cpu);
  if (bytes(allowed.memory) < wanted.replicas * bytes(limits.memory))
    tooSmall('memory', limits.memory);
  return problems;
}
