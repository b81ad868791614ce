/** What a task of the scaffolder has become. */
export type Task = {
  id: string;
  status: string;
  /** Every line of its log, oldest first. */
  log: string;
  output: Record<string, unknown>;
};

/** The portal's HTTP API as one signed-in user: what anybody could send without the form. */
export class PortalApi {
  private constructor(
    private readonly backendUrl: string,
    private readonly token: string,
  ) {}

  /** Signs in as the guest, who is in the team `shop`. */
  static async asGuest(backendUrl: string): Promise<PortalApi> {
    return PortalApi.signIn(backendUrl, '/api/auth/guest/refresh', {});
  }

  /** Signs in as Ada, who is in the team `payments`. */
  static async asAda(backendUrl: string): Promise<PortalApi> {
    return PortalApi.signIn(
      backendUrl,
      '/api/auth/example/refresh?env=development',
      { 'x-meshway-example-user': 'ada' },
    );
  }

  private static async signIn(
    backendUrl: string,
    path: string,
    headers: Record<string, string>,
  ): Promise<PortalApi> {
    const response = await fetch(`${backendUrl}${path}`, { headers });
    const text = await response.text();
    if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
    return new PortalApi(
      backendUrl,
      JSON.parse(text).backstageIdentity.token as string,
    );
  }

  async request(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ status: number; body: unknown }> {
    const response = await fetch(`${this.backendUrl}/api/${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    let parsed: unknown = text;
    try {
      parsed = JSON.parse(text);
    } catch {
      // An answer that is no JSON is compared as text.
    }
    return { status: response.status, body: parsed };
  }

  /** Sends values past the form. @returns the refusal of the API, or the task once it has ended. */
  async ask(values: unknown): Promise<{ refused: string } | { task: Task }> {
    const created = await this.request('POST', 'scaffolder/v2/tasks', {
      templateRef: 'template:default/meshed-service',
      values,
    });
    if (created.status !== 201)
      return { refused: JSON.stringify(created.body) };
    return { task: await this.taskEnded((created.body as { id: string }).id) };
  }

  async taskEnded(id: string, seconds = 120): Promise<Task> {
    const deadline = Date.now() + seconds * 1000;
    for (;;) {
      const { body } = await this.request('GET', `scaffolder/v2/tasks/${id}`);
      const { status } = body as { status: string };
      if (!['open', 'processing'].includes(status)) {
        const events = (
          await this.request('GET', `scaffolder/v2/tasks/${id}/events`)
        ).body as Array<{
          type: string;
          body: { message?: string; output?: Record<string, unknown> };
        }>;
        return {
          id,
          status,
          log: events.map(event => event.body.message ?? '').join('\n'),
          output:
            events.find(event => event.type === 'completion')?.body.output ??
            {},
        };
      }
      if (Date.now() > deadline)
        throw new Error(`Task ${id} is still ${status} after ${seconds} s`);
      await new Promise(resolve => setTimeout(resolve, 500));
    }
  }

  /** @returns an entity of the catalog, or undefined. */
  async entity(
    kind: string,
    name: string,
  ): Promise<Record<string, any> | undefined> {
    const { status, body } = await this.request(
      'GET',
      `catalog/entities/by-name/${kind}/default/${name}`,
    );
    return status === 200 ? (body as Record<string, any>) : undefined;
  }

  /** Says that a service is among those that a form offers. @throws with those that are, to be told. */
  async canBePicked(name: string): Promise<true> {
    const { body } = await this.request(
      'GET',
      'catalog/entities?filter=kind=component,metadata.annotations.meshway.dev/service&fields=metadata.name',
    );
    const found = body as Array<{ metadata: { name: string } }>;
    const names = found.map(({ metadata }) => metadata.name);
    if (names.includes(name)) return true;
    const entity = await this.entity('component', name);
    throw new Error(
      `there are ${names.join(', ')}; ${name} itself is ${
        entity ? JSON.stringify(entity) : 'not in the catalog'
      }`,
    );
  }
}
