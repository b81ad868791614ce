/**
 * The outside world of Meshway, each part behind a small port: used by the backend, the actions and the CLI.
 *
 * @packageDocumentation
 */
export * from './argocd';
export * from './backend';
export * from './cluster';
export * from './config';
export * from './folder';
export * from './forge';
export * from './guardrails';
export {
  AnswerTooLargeError,
  defaultRequestLimits,
  HttpSender,
  Secret,
  systemClock,
  TimeLimitError,
  UnreachableError,
} from './http';
export type {
  Clock,
  HttpAnswer,
  HttpRequest,
  RequestLimits,
  StreamedAnswer,
} from './http';
export * from './kubernetes';
export * from './prometheus';
export * from './provisioning';
export * from './publishing';
export * from './registry';
export * from './services';
export * from './skeleton';
export * from './snapshot';
export * from './status';
export * from './store';
export * from './systems';
export * from './turns';
export * from './vault';
