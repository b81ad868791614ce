export type * from './ArgoCd';
