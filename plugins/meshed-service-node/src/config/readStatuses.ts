import type { StatusSettings } from './MeshedServiceConfig';
import { SettingsReader } from './SettingsReader';

/** Reads how statuses are answered. */
export function readStatuses(statuses: SettingsReader): StatusSettings {
  statuses.only('permissionSeconds');
  return {
    permissionSeconds:
      statuses.wholeNumber('permissionSeconds', { from: 0, to: 300 }) ?? 10,
  };
}
