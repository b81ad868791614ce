/** How work is cut into pieces, so that nobody waits long for it. */
export { inSlices } from './inSlices';
export { Turns } from './Turns';
