/**
 * What the systems said, as text for people. JSON is printed as it is, and no part of it.
 *
 *   ProvisioningPlan, ProvisioningReceipt, RetirementPlan, Verification ─► lines
 */
export { presentPlan } from './presentPlan';
export { presentReceipt } from './presentReceipt';
export { presentRetirement } from './presentRetirement';
export { presentTarget } from './presentTarget';
export { presentVerification } from './presentVerification';
