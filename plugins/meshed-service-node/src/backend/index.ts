/**
 * The backend plugin's writing routes, as other plugins of the portal reach them.
 *
 *   action ─► MeshedServiceBackend ─► token on behalf of the user ─► /api/meshed-service/v1 ─► lines ─► steps, then the outcome
 *                                                                          └─► a refusal, a cut line, nonsense ─► a named error
 *
 * In: a service, what is asked for it, and whose credentials. Out: receipts and plans, checked by the wire schemas of the
 * common package. Who holds credentials of clusters is the backend plugin, and it decides on the user: so nothing here may
 * use an identity of its own. The browser has its own client, with its own way to fetch.
 */
export {
  ConnectionCutError,
  MalformedAnswerError,
  SignInExpiredError,
  TooManyRequestsError,
} from './errors';
export type {
  BackendOptions,
  MeshedServiceBackend,
} from './MeshedServiceBackend';
export { MeshedServiceBackendOverHttp } from './MeshedServiceBackendOverHttp';
