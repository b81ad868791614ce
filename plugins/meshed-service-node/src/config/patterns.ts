import { Pattern } from '@meshway/plugin-meshed-service-common';

/** Patterns of settings that more than one part of the configuration has. */
export const folder: Pattern = {
  // eslint-disable-next-line no-control-regex -- control characters are what is refused
  expression: /^[^\u0000-\u001f]+$/,
  right: 'a folder, absolute or relative to the root of the portal',
};

export const file: Pattern = {
  expression: folder.expression,
  right: 'a file, absolute or relative to the root of the portal',
};

/** A credential travels to it. */
export const safeAddress: Pattern = {
  expression:
    /^(?:https:\/\/[^\s/?#@]+|http:\/\/(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?)(?:\/[^\s?#@]*)?$/,
  right:
    'an https address without credentials (http only on this machine, as in http://127.0.0.1:8200)',
};

export const mount: Pattern = {
  expression: /^[A-Za-z0-9_-]+(?:\/[A-Za-z0-9_-]+)*$/,
  right: 'the path of a mount in Vault, such as kubernetes',
};
