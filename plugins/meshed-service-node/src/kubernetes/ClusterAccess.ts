import { Secret } from '../http';

/**
 * How a cluster is reached: a context of a kubeconfig, or an address with a token.
 *
 * @public
 */
export type ClusterAccess =
  | {
      kind: 'kubeconfig';
      /** Absolute path of the file. */
      file: string;
      /** Further files, absolute: what an earlier one names counts, as of the files of KUBECONFIG. */
      mergedWith?: readonly string[];
      /** Default: the current context. */
      context?: string;
    }
  | {
      kind: 'address';
      /** https, or http on the machine itself. */
      url: string;
      /** Certificates of the authority, PEM in base64 as in a kubeconfig. Default: those that Node trusts. */
      caData?: string;
      caFile?: string;
      token?: Secret;
      /** Read anew once a minute, as mounted tokens are renewed. */
      tokenFile?: string;
    };
