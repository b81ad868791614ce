/**
 * What the systems said, as text for people. JSON is printed as it is, and no part of it.
 *
 *   ProvisioningPlan, ProvisioningReceipt, RetirementPlan, Verification, MeshStatus, EffectivePolicy ─► lines
 */
export { presentPlan } from './presentPlan';
export { presentPolicy, presentUnknown } from './presentPolicy';
export { presentReceipt } from './presentReceipt';
export { presentRetirement } from './presentRetirement';
export { presentStatuses } from './presentStatuses';
export { presentCluster, presentTarget } from './presentTarget';
export { presentVerification } from './presentVerification';
