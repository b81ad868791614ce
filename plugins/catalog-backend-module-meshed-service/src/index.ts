export { catalogModuleMeshedService as default } from './module';
