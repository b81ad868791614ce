/** Path of the stamp in a service's repository. @public */
export const STAMP_PATH = 'meshed.service.yaml';
