export { meshedServicePlugin as default } from './plugin';
