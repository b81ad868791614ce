/**
 * Sign-in as one of the example users, so that a laptop can show what a second person may not do.
 *
 *   sign-in page ─ header `x-meshway-example-user: ada` ─► GET /api/auth/example/refresh ─► token of user:default/ada
 *
 * No password is asked, so it works only where `auth.environment` is `development`, the process is a development
 * process, and the user is listed in `auth.providers.example.users`.
 */
export { authModuleExampleUsers as default } from './module';
