import { ProvisioningCluster, ProvisioningParts, Wanted } from '../context';
import { writeVault } from '../ensure/writeVault';
import { surveyLeftInVault } from '../survey/leftInVault';
import { Problems } from '../survey/problemOf';
import { Live } from '../survey/readLive';
import { surveyVault } from '../survey/vault';
import { removeFromVault } from '../vaultEntries';
import {
  noRoleFinding,
  PartFinding,
  roleFinding,
  unknownFinding,
} from './findings';

type Looking = {
  signal?: AbortSignal;
  onStep?: (step: string) => void;
  /** The namespace has been seen as ours, and whoever verifies may complete what waited for it. */
  mayWrite: boolean;
};

/** `isFinal`: the role is somebody else's, and stays so, however long one waits. */
type Look = { finding: PartFinding; isFinal: boolean };

/** Looks whether the role in Vault is as asked for, or not there where none is asked for. */
export async function lookAtRole(
  wanted: Wanted,
  live: Pick<Live, 'namespace' | 'others'>,
  parts: ProvisioningParts,
  { vault }: ProvisioningCluster,
  options: Looking,
): Promise<Look> {
  const { signal, mayWrite, onStep } = options;
  const problems = new Problems();
  if (!wanted.role) {
    // It looks again and again, so the stamp is not asked: it is the word of whoever writes.
    const { platform } = parts;
    const left = await surveyLeftInVault(
      wanted,
      live,
      { platform },
      vault,
      problems,
      signal,
    );
    const unknown = unknownBecause(problems);
    if (unknown) return unknown;
    const { removals, login } = left;
    if (!mayWrite || login)
      return { finding: noRoleFinding(left), isFinal: false };
    const entries = removals.map(({ entry }) => entry);
    await removeFromVault(entries, removals, options);
    const staying = removals.filter(({ plan }) => plan.action !== 'delete');
    return {
      finding: noRoleFinding({ ...left, removals: staying }),
      isFinal: false,
    };
  }
  const { role } = await surveyVault(vault, wanted, problems, signal);
  const isFinal = role?.action === 'conflict';
  const unknown = isFinal ? undefined : unknownBecause(problems);
  if (unknown) return unknown;
  if (vault && mayWrite && role?.action === 'create') {
    onStep?.('Writing the Vault role');
    await writeVault(vault, wanted, signal);
    const finding = roleFinding(wanted.role, { action: 'unchanged' });
    return { finding, isFinal };
  }
  return { finding: roleFinding(wanted.role, role), isFinal };
}

function unknownBecause(problems: Problems): Look | undefined {
  const [problem] = problems.all();
  if (!problem) return undefined;
  const { message, fix } = problem;
  return {
    finding: { ...unknownFinding('vaultRole', message), fix },
    isFinal: false,
  };
}
