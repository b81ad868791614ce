/** What every action says of the inputs that it shares with the others. */
export const inputDescriptions = {
  /**
   * The schema takes any object: its fields are left to `parseMeshedServiceSpec`, which says what would be right; a
   * schema would refuse first, in the words of a JSON Schema.
   */
  service:
    'The service that is asked for, in the shape of a MeshedServiceSpec: always the original values, `${{ parameters }}`',
  skeleton:
    'Name of a skeleton of the configuration (meshedService.skeletons); the first one when absent',
  token:
    "The user's own token for the forge, such as `${{ secrets.USER_OAUTH_TOKEN }}`; the portal's integration when absent",
  /** Of a service that exists: how people name it, or how the portal does. */
  target:
    'The service: its entity in the catalog (component:default/cart), <cluster>/<namespace>/<name>, or the original values, `${{ parameters }}`',
  transferFrom:
    'Owner who hands the service over to the owner in the values, as an entity reference (group:default/shop). Whoever asks needs the rights of both',
  waitSeconds:
    'How long others (Argo CD, a finalizer) are waited for, in seconds; every 20 of them the right to go on is asked for anew',
} as const;

/** Seconds that a step may wait for others. */
export const longestWait = 3600;
