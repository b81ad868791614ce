import type { TrafficRow } from '@meshway/plugin-meshed-service-common';
import { readFile } from 'node:fs/promises';
import { Dispatchers, HttpSender, sentence, TimeLimitError } from '../http';
import { PrometheusError } from './errors';
import type { Prometheus } from './Prometheus';
import type { PrometheusAccess } from './PrometheusAccess';
import { readVector } from './readVector';

/** An answer is read and parsed in one piece; beyond this it would hold up everybody else. */
const LARGEST_ANSWER = 24 * 1024 * 1024;
/** A round asks its questions a few at a time: a Prometheus has others to serve. */
const CONNECTIONS = 4;

/**
 * A Prometheus by its HTTP API.
 *
 * @public
 */
export class PrometheusOverHttp implements Prometheus {
  readonly source: string;
  private readonly dispatchers = new Dispatchers(CONNECTIONS);

  constructor(
    private readonly access: Pick<
      PrometheusAccess,
      'url' | 'caFile' | 'token' | 'tokenFile'
    >,
    private readonly sender: HttpSender = new HttpSender(),
  ) {
    this.source = `Prometheus ${new URL(access.url).origin}`;
  }

  async ask(
    promql: string,
    {
      attempted,
      at,
      signal,
    }: { attempted: string; at: number; signal?: AbortSignal },
  ): Promise<TrafficRow[]> {
    const { url: base, caFile } = this.access;
    const url = new URL(`${base.replace(/\/+$/, '')}/api/v1/query`);
    url.search = new URLSearchParams({
      query: promql,
      time: (at / 1000).toFixed(3),
    }).toString();
    const answer = await this.sender
      .send({
        attempted,
        method: 'GET',
        url,
        headers: {
          accept: 'application/json',
          ...(await this.authorization()),
        },
        dispatcher: this.dispatchers.of({
          ca: caFile && (await read(caFile, 'caFile')),
        }),
        repeatable: true,
        largestAnswer: LARGEST_ANSWER,
        signal,
      })
      .catch(error => {
        if (!(error instanceof TimeLimitError)) throw error;
        throw new PrometheusError(
          `${sentence(attempted)} ${
            this.source
          } did not answer in time. Look at its load; meshedService.clusters[].prometheus.intervalSeconds says how long is waited, up to 30 s.`,
        );
      });
    const vector = readVector(answer);
    if (Array.isArray(vector)) return vector;
    throw new PrometheusError(
      `${sentence(attempted)} ${this.source} gave nothing to use: ${sentence(
        vector.because,
      )}${
        answer.status === 401 || answer.status === 403
          ? ' Check token or tokenFile.'
          : ''
      }`,
    );
  }

  close(): Promise<void> {
    return this.dispatchers.close();
  }

  private async authorization(): Promise<Record<string, string>> {
    const { token, tokenFile } = this.access;
    const text =
      token?.reveal() ?? (tokenFile && (await read(tokenFile, 'tokenFile')));
    return text ? { authorization: `Bearer ${text.trim()}` } : {};
  }
}

async function read(file: string, setting: string): Promise<string> {
  return readFile(file, 'utf8').catch(() => {
    throw new PrometheusError(
      `Prometheus cannot be asked: ${file} cannot be read. Check ${setting} under meshedService.clusters[].prometheus.`,
    );
  });
}
