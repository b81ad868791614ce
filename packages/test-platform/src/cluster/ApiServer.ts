import { request, type RequestOptions } from 'node:https';

/** An object for the API server; its content is the platform's own. */
export type Manifest = {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
  };
  [field: string]: unknown;
};

export type Answer = {
  status: number;
  body: unknown;
  /** What the server would have had otherwise: an unknown field, a version that goes. */
  warnings: string[];
};

type Resource = { name: string; kind: string; namespaced: boolean };

/**
 * The API server as the platform's administrator sees it: enough to lay out a cluster. The product has its own client,
 * and is not tested with itself.
 */
export class ApiServer {
  private readonly resources = new Map<string, Promise<Resource[]>>();

  constructor(
    readonly url: string,
    private readonly authority: string,
    private readonly token: string,
  ) {}

  async isReady(): Promise<boolean> {
    return (await this.send('GET', '/readyz')).status === 200;
  }

  /** Waits until it answers again, after it or its database was restarted. */
  async untilReady(): Promise<void> {
    while (!(await this.isReady().catch(() => false)))
      await new Promise(resolve => setTimeout(resolve, 50));
  }

  /** Writes an object, whoever wrote it before. */
  async apply(object: Manifest): Promise<Manifest> {
    const answer = await this.tryApply(object);
    return expectOk(answer, `apply ${object.kind} ${object.metadata.name}`);
  }

  /** @returns what the server says of an object, whoever wrote it before. */
  async tryApply(object: Manifest): Promise<Answer> {
    const address = await this.addressOf(object);
    return this.send(
      'PATCH',
      `${address}?fieldManager=test-platform&force=true&fieldValidation=Warn`,
      object,
      'application/apply-patch+yaml',
    );
  }

  async read(object: Manifest): Promise<Manifest | undefined> {
    const answer = await this.send('GET', await this.addressOf(object));
    if (answer.status === 404) return undefined;
    return expectOk(answer, `read ${object.kind} ${object.metadata.name}`);
  }

  /** @returns a token of a ServiceAccount, as a pod of it would have. */
  async requestToken(
    namespace: string,
    name: string,
    audiences?: readonly string[],
    expirationSeconds = 86_400,
  ): Promise<string> {
    const answer = await this.send(
      'POST',
      `/api/v1/namespaces/${namespace}/serviceaccounts/${name}/token`,
      {
        apiVersion: 'authentication.k8s.io/v1',
        kind: 'TokenRequest',
        spec: { audiences, expirationSeconds },
      },
    );
    const review = expectOk(answer, `request a token of ${namespace}/${name}`);
    return (review.status as { token: string }).token;
  }

  send(
    method: string,
    path: string,
    body?: unknown,
    contentType = 'application/json',
  ): Promise<Answer> {
    const { hostname, port } = new URL(this.url);
    const options: RequestOptions = {
      method,
      hostname,
      port,
      path,
      ca: this.authority,
      timeout: 30_000,
      headers: {
        authorization: `Bearer ${this.token}`,
        accept: 'application/json',
        ...(body !== undefined && { 'content-type': contentType }),
      },
    };
    return new Promise((resolve, reject) => {
      const sent = request(options, response => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', chunk => (text += chunk));
        response.once('error', reject);
        response.once('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            body: parsed(text),
            warnings: response.headersDistinct.warning ?? [],
          }),
        );
      });
      sent.once('error', error =>
        reject(new Error(`${method} ${path}: ${error.message}`)),
      );
      sent.once('timeout', () =>
        sent.destroy(new Error(`${method} ${path}: no answer within 30 s`)),
      );
      sent.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }

  private async addressOf({ apiVersion, kind, metadata }: Manifest) {
    const root = apiVersion.includes('/')
      ? `/apis/${apiVersion}`
      : `/api/${apiVersion}`;
    const resource = await this.resourceOf(root, kind);
    const namespace = resource.namespaced
      ? `/namespaces/${metadata.namespace ?? 'default'}`
      : '';
    return `${root}${namespace}/${resource.name}/${encodeURIComponent(
      metadata.name,
    )}`;
  }

  private async resourceOf(root: string, kind: string): Promise<Resource> {
    // A CustomResourceDefinition is served a moment after it is written.
    for (let attempt = 0; attempt < 100; attempt++) {
      const known = this.resources.get(root) ?? this.discover(root);
      this.resources.set(root, known);
      const resource = (await known).find(one => one.kind === kind);
      if (resource) return resource;
      this.resources.delete(root);
      await new Promise(resolve => setTimeout(resolve, 100));
    }
    throw new Error(`${this.url} does not serve ${root} ${kind}.`);
  }

  private async discover(root: string): Promise<Resource[]> {
    const { status, body } = await this.send('GET', root);
    if (status !== 200) return [];
    const { resources } = body as { resources: Resource[] };
    return resources.filter(({ name }) => !name.includes('/'));
  }
}

function expectOk({ status, body }: Answer, attempted: string): Manifest {
  if (status >= 200 && status < 300) return body as Manifest;
  const message = (body as { message?: string } | undefined)?.message;
  throw new Error(`Could not ${attempted}: ${status} ${message ?? ''}`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
