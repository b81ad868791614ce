/** How work is cut into pieces, so that nobody waits long for it. */
export { Turns } from './Turns';
