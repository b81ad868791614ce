/** Path of the stamp in a service's repository. */
export const STAMP_PATH = 'meshed.service.yaml';
