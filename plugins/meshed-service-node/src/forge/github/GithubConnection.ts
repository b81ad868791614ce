import { NotAllowedError } from '@backstage/errors';
import { Octokit } from '@octokit/rest';
import { ForgeUnavailableError } from '../Forge';

/** What GitHub answered to one request, where the answer says something about the repository and not about us. */
export type Refusal = { status: 404 | 405 | 409 | 422; message: string };

/** Answers of GitHub that the caller understands; all others are thrown. */
export type Expected = Array<Refusal['status']>;

const READ_ATTEMPTS = 3;

/**
 * Requests to GitHub with one token. Reads are repeated when the line or the server fails; writes never are, because
 * nobody knows whether they arrived: the caller repeats the whole, and finds what was done.
 */
export class GithubConnection {
  private readonly octokit: Octokit;

  constructor(
    readonly place: { apiBaseUrl: string; owner: string },
    private readonly token: string,
  ) {
    const quiet = () => undefined;
    this.octokit = new Octokit({
      auth: token,
      baseUrl: place.apiBaseUrl,
      log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    });
  }

  /** @returns the answer, or what GitHub said instead if that was expected. */
  async read<T>(
    what: string,
    request: (octokit: Octokit) => Promise<{ data: T }>,
    ...expected: Expected
  ): Promise<{ data: T } | Refusal> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.write(what, request, ...expected);
      } catch (error) {
        const mayPass = error instanceof BrokenLineError;
        if (!mayPass || attempt === READ_ATTEMPTS) throw error;
      }
    }
  }

  /** As `read`, and never repeated. */
  async write<T>(
    what: string,
    request: (octokit: Octokit) => Promise<{ data: T }>,
    ...expected: Expected
  ): Promise<{ data: T } | Refusal> {
    try {
      return { data: (await request(this.octokit)).data };
    } catch (error) {
      const { status, message, headers } = partsOf(error);
      const known = expected.find(candidate => candidate === status);
      if (known) return { status: known, message: this.withoutToken(message) };
      throw this.errorFor(what, { status, message, headers }, error);
    }
  }

  private errorFor(
    what: string,
    { status, message, headers }: Parts,
    error: unknown,
  ): Error {
    if (error instanceof Error && error.name === 'AbortError') return error;
    const said = this.withoutToken(message);
    const waits = headers['retry-after'];
    if (
      status === 429 ||
      (status === 403 &&
        (waits !== undefined || headers['x-ratelimit-remaining'] === '0'))
    )
      return new ForgeUnavailableError(
        `GitHub's rate limit was reached while ${what}; repeat ${
          waits ? `in ${Number(waits)} seconds` : 'later'
        }`,
      );
    if (status === 401)
      return new ForgeUnavailableError(
        `GitHub refused the credentials while ${what}; sign in to GitHub again, or renew those under integrations.github`,
      );
    if (status !== undefined && status < 500)
      return new NotAllowedError(
        `GitHub refused ${what} (${status}: ${said}); the credentials need to read and write repositories of ${this.place.owner}`,
      );
    return new BrokenLineError(
      `GitHub could not be reached while ${what}${
        status ? ` (${status})` : ''
      }; repeat later`,
    );
  }

  private withoutToken(text: string): string {
    return text.split(this.token).join('…');
  }
}

/** Whether GitHub said no, in one of the ways that the caller expected. */
export function isRefusal(answer: object): answer is Refusal {
  return 'status' in answer;
}

class BrokenLineError extends ForgeUnavailableError {}

type Parts = {
  status: number | undefined;
  message: string;
  headers: Record<string, unknown>;
};

/** An error of octokit as far as it is needed; its request, which holds the token, is left behind. */
function partsOf(error: unknown): Parts {
  const fields: Record<string, unknown> =
    typeof error === 'object' && error !== null ? { ...error } : {};
  const response = fields.response;
  const headers =
    typeof response === 'object' && response !== null && 'headers' in response
      ? response.headers
      : {};
  // A line that broke has the status 500, too, and no response.
  const status = typeof fields.status === 'number' ? fields.status : undefined;
  return {
    status,
    message: error instanceof Error ? error.message : '',
    headers: { ...(typeof headers === 'object' ? headers : {}) },
  };
}
