import type { StandingPlatform } from '@meshway/test-platform';

type Seen = {
  /** That the namespace records. */
  owner: string | undefined;
  /** Of its Servers. */
  policy: string | undefined;
  /** Sync and health. */
  application: string | undefined;
  /** Who may log in to Vault. */
  role: string | undefined;
  pods: string[];
};

/** What really is, asked past the portal: of the API server and of Vault, as their administrators. */
export class Systems {
  constructor(private readonly platform: StandingPlatform) {}

  async namespace(name: string): Promise<any> {
    return this.get(`/api/v1/namespaces/${name}`);
  }

  async seen(name: string): Promise<Seen> {
    const [namespace, servers, application, pods, role] = await Promise.all([
      this.namespace(name),
      this.list(`/apis/policy.linkerd.io/v1beta3/namespaces/${name}/servers`),
      this.get(
        `/apis/argoproj.io/v1alpha1/namespaces/argocd/applications/${name}.local`,
      ),
      this.list(`/api/v1/namespaces/${name}/pods`),
      this.role(`meshway.local.${name}.${name}`),
    ]);
    const policies = new Set(servers.map(({ spec }) => spec.accessPolicy));
    return {
      owner: namespace?.metadata.annotations?.['meshway.dev/owner'],
      policy: policies.size > 0 ? [...policies].sort().join(', ') : undefined,
      application:
        application &&
        `${application.status?.sync?.status} ${application.status?.health?.status}`,
      role:
        role &&
        `${role.bound_service_account_names} in ${role.bound_service_account_namespaces}`,
      pods: pods.map(
        ({ spec, status }) =>
          `${status.phase} ${
            [...(spec.initContainers ?? []), ...spec.containers].some(
              container => container.name === 'linkerd-proxy',
            )
              ? 'with proxy'
              : 'without proxy'
          }`,
      ),
    };
  }

  /** Lets others in than was asked for, or those again: by hand, on every Server. */
  async openTo(namespace: string, accessPolicy: string): Promise<void> {
    const servers = `/apis/policy.linkerd.io/v1beta3/namespaces/${namespace}/servers`;
    for (const { metadata } of await this.list(servers)) {
      const { status } = await this.platform.server.send(
        'PATCH',
        `${servers}/${metadata.name}`,
        { spec: { accessPolicy } },
        'application/merge-patch+json',
      );
      if (status !== 200) throw new Error(`${metadata.name}: ${status}`);
    }
  }

  /** To one program of the platform. */
  signal(program: string, signal: NodeJS.Signals): void {
    const { pid } =
      this.platform.state.processes.find(({ name }) => name === program) ?? {};
    if (!pid) throw new Error(`There is no ${program}.`);
    process.kill(pid, signal);
  }

  private async get(address: string): Promise<any> {
    const { status, body } = await this.platform.server.send('GET', address);
    if (status === 404) return undefined;
    if (status !== 200)
      throw new Error(`${address}: ${status} ${JSON.stringify(body)}`);
    return body;
  }

  private async list(address: string): Promise<any[]> {
    return (await this.get(address)).items;
  }

  private async role(name: string): Promise<any> {
    const { vault } = this.platform.state;
    if (!vault) throw new Error('The platform has no Vault.');
    const answer = await fetch(
      `${vault.address}/v1/auth/kubernetes/role/${name}`,
      { headers: { 'x-vault-token': vault.rootToken } },
    );
    if (answer.status === 404) return undefined;
    return ((await answer.json()) as { data: unknown }).data;
  }
}
