export type * from './Kubernetes';
