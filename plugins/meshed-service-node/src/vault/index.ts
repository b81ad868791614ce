export type * from './Vault';
