import {
  HttpAnswer,
  HttpSender,
  isPassing,
  openStream,
  sentence,
  StreamedAnswer,
} from '../http';
import { ClusterEndpoint } from './ClusterEndpoint';
import {
  ClusterBusyError,
  PermissionMissingError,
  UnexpectedAnswerError,
} from './errors';
import { kubernetesClient } from './kubernetesClient';
import { isLasting, refusalOf } from './refusalOf';

/** One request to the API server. */
export type ClusterRequest = {
  /** As in "reading Namespace payments in cluster eu-1". */
  attempted: string;
  method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  path: string;
  query?: Record<string, string | undefined>;
  body?: string;
  contentType?: string;
  accept?: string;
  /** Answers that the caller understands; all others that are no success are thrown. */
  expected?: readonly number[];
  signal?: AbortSignal;
};

export type ClusterAnswer = HttpAnswer & {
  /** Undefined where the answer is not JSON. */
  json: unknown;
};

/** How often, and how far apart, a server is asked whether it is ready while it says no to the question itself. */
const READINESS_LOOKS = 5;
const READINESS_PAUSE_MS = 1000;

/** @public */
export type ClusterConnectionOptions = {
  /** Told what the API server warns of: deprecated versions, unknown fields. */
  onWarning?: (warning: string, attempted: string) => void;
};

/**
 * Requests to one API server. All of them may be repeated: each either reads, is a review or a dry run, names the uid
 * that it is meant for, or creates a name that can exist only once.
 */
export class ClusterConnection {
  constructor(
    readonly endpoint: ClusterEndpoint,
    readonly sender: HttpSender,
    private readonly options: ClusterConnectionOptions = {},
  ) {}

  get cluster(): string {
    return this.endpoint.cluster;
  }

  async send(request: ClusterRequest): Promise<ClusterAnswer> {
    let answer = await this.sendOnce(request);
    if (answer.status === 401) {
      // Refused before anything was done: the files or the plugin may have newer credentials.
      this.endpoint.renew();
      answer = await this.sendOnce(request);
    }
    if (this.isForbidden(answer, request)) {
      await this.refuseUnlessReady(request);
      // It may have been starting a moment before. Whatever was refused has done nothing.
      answer = await this.sendOnce(request);
    }
    const { status, json } = answer;
    if (request.expected?.includes(status)) return answer;
    if (status < 200 || status > 299)
      throw refusalOf(answer, {
        attempted: request.attempted,
        cluster: this.cluster,
      });
    if (json === undefined)
      throw new UnexpectedAnswerError(
        `${sentence(request.attempted)} What answered for cluster ${
          this.cluster
        } does not speak like a Kubernetes API server. Check its address.`,
      );
    this.warn(answer, request.attempted);
    return answer;
  }

  /**
   * A server that starts answers before it has read who may do what, and says no to everybody: such a no is none. It may say
   * no to this very question, too, which everybody else's server answers to all who are signed in; so it is asked again for
   * a few seconds, until a no is taken for one that lasts.
   *
   * @throws ClusterBusyError while it starts.
   */
  async refuseUnlessReady({
    attempted,
    signal,
  }: Pick<ClusterRequest, 'attempted' | 'signal'>): Promise<void> {
    for (let look = 1; look <= READINESS_LOOKS; look++) {
      const { status } = await this.sendOnce({
        attempted,
        path: '/readyz',
        accept: '*/*',
        signal,
      });
      if (status >= 500)
        throw new ClusterBusyError(
          `${sentence(attempted)} The API server of cluster ${
            this.cluster
          } is starting, and does not know yet who may do what. Repeat it in a moment.`,
        );
      if (status !== 403) return;
      if (look < READINESS_LOOKS)
        await this.sender.clock.sleep(READINESS_PAUSE_MS, signal);
    }
  }

  /** Whether a right is missing; a policy or a quota says no with the same status, and means it. */
  private isForbidden(
    answer: ClusterAnswer,
    { attempted }: ClusterRequest,
  ): boolean {
    const { cluster } = this;
    return (
      answer.status === 403 &&
      refusalOf(answer, { attempted, cluster }) instanceof
        PermissionMissingError
    );
  }

  /** Asks once, and hands the answer over as it comes, whatever its status: what it means is for its reader to say. */
  async open(
    request: Omit<ClusterRequest, 'method' | 'body' | 'contentType'> & {
      answerMilliseconds: number;
    },
  ): Promise<StreamedAnswer> {
    const { attempted, answerMilliseconds, signal } = request;
    return openStream({
      attempted,
      answerMilliseconds,
      signal,
      ...(await this.addressed(request)),
    });
  }

  private async sendOnce(request: ClusterRequest): Promise<ClusterAnswer> {
    const { url, headers, dispatcher } = await this.addressed(request);
    const answer = await this.sender.send({
      attempted: request.attempted,
      method: request.method ?? 'GET',
      url,
      headers: {
        ...headers,
        ...(request.body === undefined
          ? {}
          : { 'content-type': request.contentType ?? 'application/json' }),
      },
      body: request.body,
      dispatcher,
      repeatable: true,
      mayPass: one => isPassing(one) && !isLasting(one.text),
      signal: request.signal,
    });
    return { ...answer, json: parsed(answer.text) };
  }

  private async addressed(request: ClusterRequest) {
    // Loaded before the clock runs.
    kubernetesClient();
    const { server, headers, dispatcher } = await this.sender.within(
      () => this.endpoint.admission(),
      `${sentence(request.attempted)} The credentials of cluster ${
        this.cluster
      } did not come in time. Run the plugin of its kubeconfig by hand to see why.`,
      request.signal,
    );
    const url = new URL(server);
    url.pathname = `${server.pathname.replace(/\/+$/, '')}${request.path}`;
    for (const [name, value] of Object.entries(request.query ?? {}))
      if (value !== undefined) url.searchParams.set(name, value);
    const accept = request.accept ?? 'application/json';
    return {
      url,
      headers: { ...headers, accept, 'user-agent': 'meshway' },
      dispatcher,
    };
  }

  private warn(answer: HttpAnswer, attempted: string): void {
    const header = answer.headers.warning;
    if (!header || !this.options.onWarning) return;
    for (const [, text] of header.matchAll(/\b299 \S+ "((?:[^"\\]|\\.)*)"/g))
      this.options.onWarning(text.replace(/\\(.)/g, '$1'), attempted);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
