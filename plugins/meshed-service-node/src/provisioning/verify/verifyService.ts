import {
  formatServiceRef,
  names,
  State,
  Verification,
} from '@meshway/plugin-meshed-service-common';
import { refuseViolations, ServiceRequest } from '../../publishing';
import {
  ProvisioningCluster,
  ProvisioningParts,
  Wanted,
  wantedOf,
} from '../context';
import { lookAtRole } from './lookAtRole';
import { isOurs } from '../ownership';
import { decideByContent, decideByOwner } from '../survey/decideObject';
import { Problems } from '../survey/problemOf';
import { liveOf, readLive } from '../survey/readLive';
import { DEFAULT_SECONDS, waitUntil } from '../waitUntil';
import {
  applicationFinding,
  objectFindings,
  PartFinding,
  unknownFinding,
  worstOf,
} from './findings';
import { waitForMesh } from './waitForMesh';

/**
 * How long and how far is verified.
 *
 * @public
 */
export type VerifyOptions = {
  signal?: AbortSignal;
  waitSeconds?: number;
  /**
   * In gitops the Vault role waits for the namespace; with this, whoever verifies writes it once the namespace is there, and
   * takes away one that is no longer asked for.
   */
  completeRole?: boolean;
  onStep?: (step: string) => void;
};

/**
 * Looks at every part until all is well, nothing more can come of waiting, or the time is up. Then the mesh has the rest of the
 * time to do what the phase of the service promises.
 */
export async function verifyService(
  request: ServiceRequest,
  parts: ProvisioningParts,
  options: VerifyOptions = {},
): Promise<Verification> {
  const wanted = await wantedOf(request, parts);
  if (options.completeRole) refuseViolations(wanted.violations);
  const cluster = parts.cluster(wanted.spec.cluster);
  const { onStep = () => undefined, waitSeconds = DEFAULT_SECONDS } = options;
  const end = parts.clock.now() + waitSeconds * 1000;
  let last: Look = { findings: [], isFinal: false };
  let told = '';
  const settled = await waitUntil(parts, options, async () => {
    last = await lookAt(wanted, parts, cluster, options);
    const waiting = last.findings.filter(({ state }) => state !== 'ok');
    const words = waiting.map(({ part, message }) => `${part}: ${message}`);
    if (words.join() !== told) words.forEach(onStep);
    told = words.join();
    return waiting.length === 0 || last.isFinal ? last : undefined;
  });
  const left = settled ? Math.max(0, end - parts.clock.now()) / 1000 : 0;
  const found = last.isFinal
    ? undefined
    : await waitForMesh(wanted, parts, { ...options, waitSeconds: left });
  return {
    service: formatServiceRef(wanted.holder.service),
    state: worstOf(
      [...last.findings, ...(found ? [found.mesh] : [])].map(stateOf),
    ),
    findings: last.findings,
    ...(found ? { mesh: found.mesh } : {}),
    at: new Date(parts.clock.now()).toISOString(),
    timedOut: settled === undefined || found?.timedOut === true,
  };
}

const stateOf = ({ state }: { state: State }) => state;

/** `isFinal`: something is somebody else's, and stays so, however long one waits. */
type Look = { findings: PartFinding[]; isFinal: boolean };

async function lookAt(
  wanted: Wanted,
  parts: ProvisioningParts,
  cluster: ProvisioningCluster,
  options: VerifyOptions,
): Promise<Look> {
  const { signal } = options;
  const ofObjects = await lookAtObjects(wanted, cluster, signal);
  const { namespace, others } = ofObjects;
  const [role, application] = await Promise.all([
    lookAtRole(wanted, { namespace, others }, parts, cluster, {
      ...options,
      mayWrite:
        options.completeRole === true &&
        namespace !== undefined &&
        namespace.metadata.deletionTimestamp === undefined &&
        isOurs(namespace, wanted.holder),
    }),
    lookAtApplication(wanted, cluster, signal),
  ]);
  const findings = [...ofObjects.findings, role.finding, application];
  return {
    findings: findings.map(finding =>
      finding.state === 'missing' && finding.part !== 'argoApplication'
        ? explainWait(finding, wanted)
        : finding,
    ),
    isFinal: ofObjects.isFinal || role.isFinal,
  };
}

async function lookAtObjects(
  wanted: Wanted,
  { kubernetes }: ProvisioningCluster,
  signal?: AbortSignal,
) {
  const problems = new Problems();
  const live = await problems.during('kubernetes', () =>
    readLive(wanted, kubernetes, problems, signal),
  );
  const [problem] = problems.all();
  if (!live || problem) {
    const because = problem?.message ?? 'The cluster could not be asked.';
    return {
      namespace: live?.namespace,
      others: live?.others ?? [],
      isFinal: false,
      findings: (['namespace', 'serviceAccount', 'linkerdPolicy'] as const).map(
        part => unknownFinding(part, because),
      ),
    };
  }
  const decisions = wanted.objects.map(object =>
    decideByContent(decideByOwner(object, liveOf(object, live), wanted.holder)),
  );
  return {
    namespace: live.namespace,
    others: live.others,
    isFinal: decisions.some(({ problem: each }) => each?.code === 'name-taken'),
    // Objects of the Vault Secrets Operator are judged with the role that they need.
    findings: objectFindings(decisions).filter(
      ({ part, state }) => part !== 'vaultRole' || state !== 'ok',
    ),
  };
}

async function lookAtApplication(
  { spec }: Wanted,
  { argocd }: ProvisioningCluster,
  signal?: AbortSignal,
): Promise<PartFinding> {
  const problems = new Problems();
  const seen = await problems.during('argocd', async () => ({
    application: await argocd.readApplication(names.argoApplication(spec), {
      signal,
    }),
  }));
  const [problem] = problems.all();
  return seen
    ? applicationFinding(seen.application)
    : unknownFinding(
        'argoApplication',
        problem?.message ?? 'Argo CD could not be asked.',
      );
}

function explainWait(finding: PartFinding, { spec }: Wanted): PartFinding {
  return {
    ...finding,
    fix:
      spec.delivery.mode === 'gitops'
        ? `Argo CD makes it from ${spec.delivery.repository}; look at the application when it does not come.`
        : 'Ensure it again.',
  };
}
