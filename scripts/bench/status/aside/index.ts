/**
 * Parts of the bench in processes of their own.
 *
 *   bench ─► Aside.ask(question) ─► (another process) answering(…) ─► answer
 *
 * What is measured must not share an event loop, a heap or a garbage collector with who measures it.
 */
export { Aside } from './Aside';
export { answering } from './answering';
