import type { StatusSettings } from './MeshedServiceConfig';
import { SettingsReader } from './SettingsReader';

/** Reads how statuses are answered. */
export function readStatuses(statuses: SettingsReader): StatusSettings {
  statuses.only('permissionSeconds', 'notifyAfterSeconds');
  return {
    permissionSeconds:
      statuses.wholeNumber('permissionSeconds', { from: 0, to: 300 }) ?? 10,
    notifyAfterSeconds:
      statuses.wholeNumber('notifyAfterSeconds', { from: 0, to: 86_400 }) ??
      120,
  };
}
