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
} as const;
