/**
 * What the form shows beyond plain inputs. The JSON shape stays the spec's, and the server decides: these fields only
 * say early what it would say late.
 *
 *   values ─► spec rules of the common package ─► words beside the field
 *   values ─► POST plan ─► review: problems, violations, names, files
 *   service, phase ─► GET status ─► where its Servers stand, and whom the phase cuts off
 *   service ─► GET retirement ─► what goes, what stays, what stands against it
 *
 * In: values of the form. Out: values of the form, and sentences.
 */
export { nameField } from './nameField';
export { portsField } from './portsField';
export { clientsField } from './clientsField';
export { callsField } from './callsField';
export { reviewField } from './reviewField';
export { retirementField } from './retirementField';
export { phaseField } from './phaseField';
