/**
 * The scaffolder actions of Meshway.
 *
 *   template step ─► actions/ ─► step/ (reads the request, asks who it is and whether they may)
 *                        ├─► MeshedServicePublishing (parse ─► render ─► admit ─► write the repository)
 *                        └─► MeshedServiceBackend (HTTP, as the user: cluster, Vault, Argo CD)
 *
 * In: the original values of a form. Out: a receipt, as outputs of the step. Each writing action starts from the request
 * and trusts no earlier step, because a policy can hide one (docs/adr/0011).
 *
 * @packageDocumentation
 */
export { scaffolderModuleMeshedService as default } from './module';
