import {
  formatServiceRef,
  Problem,
  serviceRefOf,
} from '@meshway/plugin-meshed-service-common';
import { ProvisioningParts, Wanted } from '../context';

/** Looks who holds the name in the registry, where there is one. */
export async function claimProblems(
  { spec, holder }: Wanted,
  { publishing }: ProvisioningParts,
): Promise<Problem[]> {
  const claim = await publishing?.registry.readClaim(serviceRefOf(spec));
  if (!claim || [holder.owner, holder.transferFrom].includes(claim.owner))
    return [];
  return [
    {
      code: 'name-taken',
      system: 'registry',
      message: `${formatServiceRef(holder.service)} belongs to ${
        claim.owner
      } (repository ${claim.repository}).`,
      fix: 'Choose another name, or ask them; nothing of theirs is touched.',
    },
  ];
}
