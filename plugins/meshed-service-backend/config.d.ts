export interface Config {
  /** Meshway: meshed services from a form, and the truth about their mTLS. Every setting has a default. */
  meshedService?: {
    /**
     * What the platform team decided once, for every service. An input of rendering; nothing here is secret.
     * @visibility backend
     */
    platform?: {
      mesh?: {
        /**
         * Namespace of the Linkerd control plane. Default: linkerd.
         * @visibility backend
         */
        controlPlaneNamespace?: string;
        /**
         * Identity trust domain. Default: cluster.local.
         * @visibility backend
         */
        trustDomain?: string;
        /**
         * linkerd-cni is installed, so that namespaces can enforce the `restricted` Pod Security level. Default: true.
         * @visibility backend
         */
        cni?: boolean;
        /**
         * CIDRs of pods and services; outside of them is egress. Default: the private networks, as in Linkerd.
         * @visibility backend
         */
        clusterNetworks?: string[];
        /**
         * CIDRs from where the kubelet probes. Default: everywhere, as in Linkerd.
         * @visibility backend
         */
        probeNetworks?: string[];
      };
      prometheus?: {
        /**
         * Namespace that scrapes the proxies. Default: monitoring.
         * @visibility backend
         */
        namespace?: string;
        /**
         * ServiceAccount of the scraper when it is meshed.
         * @visibility backend
         */
        serviceAccount?: string;
      };
      vault?: {
        /**
         * Namespace of Vault. Default: vault.
         * @visibility backend
         */
        namespace?: string;
        /**
         * Address that workloads reach Vault at. Default: https://vault.vault.svc.cluster.local:8200.
         * @visibility backend
         */
        address?: string;
        /**
         * Mount of the Kubernetes auth method. Default: kubernetes.
         * @visibility backend
         */
        authMount?: string;
        /**
         * Mount of the KV v2 engine. Default: kv.
         * @visibility backend
         */
        kvMount?: string;
        /**
         * Audience that tokens must carry. Default: vault.
         * @visibility backend
         */
        audience?: string;
        /**
         * One ACL policy per service instead of one templated policy. Default: false.
         * @visibility backend
         */
        policyPerService?: boolean;
        /**
         * Lifetime of a login in seconds, 60 to 86400. Default: 3600.
         * @visibility backend
         */
        tokenTtlSeconds?: number;
      };
      argocd?: {
        /**
         * Namespace of Argo CD. Default: argocd.
         * @visibility backend
         */
        namespace?: string;
        /**
         * Address of the API server as Argo CD names the cluster. Default: https://kubernetes.default.svc.
         * @visibility backend
         */
        destinationServer?: string;
      };
      forge?: {
        /**
         * Address that Argo CD clones from; `{repository}` is replaced. Default: the clone address on GitHub, else
         * https://git.example.com/{repository}.git.
         * @visibility backend
         */
        repositoryUrl?: string;
      };
    };
    /**
     * Clusters that services may be asked for.
     */
    clusters?: Array<{
      /**
       * Name, as the spec of a service writes it.
       * @visibility backend
       */
      name: string;
      /**
       * Folder of Kubernetes objects that is read instead of the live cluster; relative to the root of the portal.
       * @visibility backend
       */
      snapshot?: string;
      /** How the portal reaches the cluster, to watch it and to provision services; or `url` and a token. */
      kubeconfig?: {
        /**
         * File; relative to the root of the portal.
         * @visibility backend
         */
        file: string;
        /**
         * Context in the file. Default: its current context.
         * @visibility backend
         */
        context?: string;
      };
      /**
       * Address of the API server: https, or http on this machine.
       * @visibility backend
       */
      url?: string;
      /**
       * Certificates of the cluster's authority, PEM in base64. Default: the authorities that Node trusts.
       * @visibility backend
       */
      caData?: string;
      /**
       * File with them instead (PEM); relative to the root of the portal.
       * @visibility backend
       */
      caFile?: string;
      /**
       * Token of the ServiceAccount that writes.
       * @visibility secret
       */
      serviceAccountToken?: string;
      /**
       * File with the token instead; read anew as it is renewed.
       * @visibility backend
       */
      tokenFile?: string;
      /** The Prometheus (or Thanos) that scrapes the proxies of the cluster. Without it nothing is known of traffic. */
      prometheus?: {
        /**
         * Address, below which `/api/v1/query` is. With a token: https, or http on this machine.
         * @visibility backend
         */
        url: string;
        /**
         * File with the certificates of its authority (PEM). Default: the authorities that Node trusts.
         * @visibility backend
         */
        caFile?: string;
        /**
         * Bearer token, where it asks for one.
         * @visibility secret
         */
        token?: string;
        /**
         * File with the token instead; read anew for each question.
         * @visibility backend
         */
        tokenFile?: string;
        /**
         * Labels that every series of this cluster carries, such as `cluster: eu-1`, where one Prometheus holds several.
         * @visibility backend
         */
        labels?: Record<string, string>;
        /**
         * From one round of questions to the next, in seconds, 5 to 3600. Default: 30.
         * @visibility backend
         */
        intervalSeconds?: number;
        /**
         * How far back each round looks, in seconds, 60 to 86400, at least two rounds, and more than the interval of scrapes.
         * Default: 600.
         * @visibility backend
         */
        windowSeconds?: number;
        /**
         * For how long nobody may have called whom enforcement would deny, before a service moves to enforce without a stated
         * reason; in seconds, 600 to 2592000. Default: 86400.
         * @visibility backend
         */
        auditWindowSeconds?: number;
      };
    }>;
    /** How the portal itself reaches Vault. Without it no role is written. */
    vault?: {
      /**
       * Address: https, or http on this machine.
       * @visibility backend
       */
      address: string;
      /**
       * File with the certificates of its authority (PEM). Default: the authorities that Node trusts.
       * @visibility backend
       */
      caFile?: string;
      /**
       * Vault's own namespace (Vault Enterprise, OpenBao). Default: the root.
       * @visibility backend
       */
      namespace?: string;
      /**
       * Token; one of token, tokenFile and kubernetesAuth is required.
       * @visibility secret
       */
      token?: string;
      /**
       * File with the token, as a Vault agent keeps one; read for each request.
       * @visibility backend
       */
      tokenFile?: string;
      /** Logs in with the token of the portal's ServiceAccount. */
      kubernetesAuth?: {
        /**
         * Mount of the Kubernetes auth method. Default: kubernetes.
         * @visibility backend
         */
        mount?: string;
        /**
         * Role to log in as.
         * @visibility backend
         */
        role: string;
        /**
         * File with the token of the ServiceAccount. Default: /var/run/secrets/kubernetes.io/serviceaccount/token.
         * @visibility backend
         */
        jwtFile?: string;
      };
    };
    /** How long is waited for clusters and Vault. */
    timeouts?: {
      /**
       * Longest wait for one answer, in milliseconds, 50 to 600000. Default: 10000.
       * @visibility backend
       */
      requestMilliseconds?: number;
      /**
       * Longest wait for one request with all its repetitions, in milliseconds, 50 to 3600000. Default: 120000.
       * @visibility backend
       */
      totalMilliseconds?: number;
      /**
       * How often a request that may be repeated is sent at most, 1 to 20. Default: 6.
       * @visibility backend
       */
      attempts?: number;
      /**
       * Upper bound of the first pause between two attempts, in milliseconds, 1 to 60000; it doubles with each. Default: 500.
       * @visibility backend
       */
      pauseMilliseconds?: number;
    };
    /** How often one user may ask; each process of the portal counts by itself. */
    rateLimits?: {
      /**
       * Requests that write, or wait for what was written, 1 to 100000. Default: 60.
       * @visibility backend
       */
      writesPerMinute?: number;
      /**
       * Plans of changes and retirements, 1 to 100000. Default: 120.
       * @visibility backend
       */
      plansPerMinute?: number;
    };
    /** How statuses are answered. */
    statuses?: {
      /**
       * How long it is remembered what a user may read, in seconds, 0 to 300; 0 asks the permission backend for each
       * request. Default: 10.
       * @visibility backend
       */
      permissionSeconds?: number;
      /**
       * How long a service has to stay down before its owner is notified, in seconds, 0 to 86400; 0: nobody is.
       * Default: 120.
       * @visibility backend
       */
      notifyAfterSeconds?: number;
    };
    guardrails?: {
      /**
       * Folder of the guardrail pack that judges every write; relative to the root of the portal. A missing or broken
       * pack refuses every write. Default: infra/guardrails.
       * @visibility backend
       */
      pack?: string;
    };
    /**
     * Skeletons of repositories. Default: meshed-service in skeleton/meshed-service.
     */
    skeletons?: Array<{
      /**
       * Name, as a template writes it.
       * @visibility backend
       */
      name: string;
      /**
       * Folder; relative to the root of the portal.
       * @visibility backend
       */
      path: string;
    }>;
    forge?: {
      /**
       * Where repositories live: bare git repositories on disk, or GitHub through `integrations.github`. Default: local.
       * @visibility backend
       */
      kind?: 'local' | 'github';
      local?: {
        /**
         * Folder of the repositories; relative to the root of the portal. Default: .meshway/repositories.
         * @visibility backend
         */
        path?: string;
      };
      github?: {
        /**
         * Host of an integration. Default: github.com.
         * @visibility backend
         */
        host?: string;
        /**
         * Organization or user that every repository is made in. Required with `kind: github`.
         * @visibility backend
         */
        owner?: string;
      };
      /**
       * Repository that holds the claims on names. Default: meshway-registry.
       * @visibility backend
       */
      registry?: string;
    };
    governance?: {
      /**
       * Group that may create, change and retire every service. Default: group:default/platform.
       * @visibility backend
       */
      platformGroup?: string;
    };
  };
}
