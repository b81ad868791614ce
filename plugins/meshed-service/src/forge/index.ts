/**
 * Repositories of the portal's own forge, for people: what a source link of the catalog leads to.
 *
 *   /forge/:repository/tree/:branch/* ─► RepositoryPage ─► GET repositories/… ─► folder or file
 *
 * In: an address. Out: a page. A forge of its own (GitHub) has its own pages and never leads here.
 */
export { ForgePage } from './ForgePage';
