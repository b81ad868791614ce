import { writeKubeconfig } from '../cluster/kubeconfig';
import { freePorts, isHealthy } from '../processes';
import type { Boot } from './Boot';
import type { Credentials } from './apiServer';

/** Those that a service needs, and a retirement; the others would only cost memory. */
const controllers = [
  'namespace-controller',
  'garbage-collector-controller',
  'serviceaccount-controller',
  'root-ca-certificate-publisher-controller',
  'clusterrole-aggregation-controller',
  'resourcequota-controller',
  'deployment-controller',
  'replicaset-controller',
  'statefulset-controller',
  'daemonset-controller',
  'job-controller',
  'endpointslice-controller',
  'pod-garbage-collector-controller',
  'validatingadmissionpolicy-status-controller',
  // Without it new nodes keep their taint "not ready", and nothing is scheduled.
  'node-lifecycle-controller',
];

export async function bootControllerManager(
  boot: Boot,
  credentials: Credentials,
) {
  await bootController(
    boot,
    'kube-controller-manager',
    writeKubeconfig(
      credentials,
      'controller-manager',
      credentials.tokens.controllerManager,
    ),
    [
      '--use-service-account-credentials=true',
      `--service-account-private-key-file=${credentials.serviceAccountKeyFile}`,
      `--root-ca-file=${credentials.authorityFile}`,
      `--controllers=${controllers.join(',')}`,
      // On a machine that is busy enough KWOK's nodes tell late that they live; pods that were called not ready stay so.
      '--node-monitor-grace-period=24h',
    ],
  );
}

export async function bootScheduler(boot: Boot, credentials: Credentials) {
  await bootController(
    boot,
    'kube-scheduler',
    writeKubeconfig(credentials, 'scheduler', credentials.tokens.scheduler),
    [],
  );
}

async function bootController(
  { processes, tool }: Boot,
  name: 'kube-controller-manager' | 'kube-scheduler',
  kubeconfig: string,
  args: string[],
) {
  const [port] = await freePorts(1);
  await processes.launch({
    name,
    command: tool(name).command,
    args: [
      `--kubeconfig=${kubeconfig}`,
      `--authentication-kubeconfig=${kubeconfig}`,
      `--authorization-kubeconfig=${kubeconfig}`,
      '--bind-address=127.0.0.1',
      `--secure-port=${port}`,
      '--leader-elect=false',
      ...args,
    ],
    ready: () => isHealthy(port),
  });
}
