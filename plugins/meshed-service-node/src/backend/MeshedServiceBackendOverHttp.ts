import type {
  AuthService,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import { isError, ServiceUnavailableError } from '@backstage/errors';
import {
  apiRoutes,
  EnsureRequest,
  formatServiceRef,
  NDJSON,
  PhaseChangeRequest,
  PlanRequest,
  PlanResponse,
  planResponseSchema,
  progressSchema,
  Progress,
  ProvisioningPart,
  ProvisioningReceipt,
  RetirementPlan,
  retirementPlanSchema,
  RetirementQuery,
  RetireRequest,
  ServiceRef,
  Verification,
  VerifyRequest,
} from '@meshway/plugin-meshed-service-common';
import { z } from 'zod';
import { checked, malformed } from './checked';
import { ConnectionCutError, SignInExpiredError } from './errors';
import type {
  BackendOptions,
  MeshedServiceBackend,
} from './MeshedServiceBackend';
import { readLines } from './readLines';
import { errorFrom, refusalFrom } from './refusalFrom';

const PLUGIN = 'meshed-service';

/** What is asked, and how it is called in an error. */
type Asked = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  route: string;
  body?: unknown;
  words: string;
};

/**
 * Asks the backend plugin over HTTP, in the name of the user whose credentials are given.
 *
 * @public
 */
export class MeshedServiceBackendOverHttp implements MeshedServiceBackend {
  constructor(
    private readonly services: {
      auth: Pick<AuthService, 'getPluginRequestToken'>;
      discovery: Pick<DiscoveryService, 'getBaseUrl'>;
    },
  ) {}

  async plan(
    body: PlanRequest,
    options: BackendOptions,
  ): Promise<PlanResponse> {
    return this.value(planResponseSchema, options, {
      method: 'POST',
      route: apiRoutes.plan(),
      body,
      words: 'Planning the service',
    });
  }

  async ensure(
    service: ServiceRef,
    body: EnsureRequest,
    options: BackendOptions,
  ): Promise<ProvisioningReceipt> {
    return this.receipt(options, {
      method: 'PUT',
      route: apiRoutes.service(service),
      body,
      words: `Ensuring ${formatServiceRef(service)}`,
    });
  }

  async ensurePart(
    part: ProvisioningPart,
    service: ServiceRef,
    body: EnsureRequest,
    options: BackendOptions,
  ): Promise<ProvisioningReceipt> {
    return this.receipt(options, {
      method: 'PUT',
      route: apiRoutes.part(service, part),
      body,
      words: `Ensuring ${part} of ${formatServiceRef(service)}`,
    });
  }

  async setPhase(
    service: ServiceRef,
    body: PhaseChangeRequest,
    options: BackendOptions,
  ): Promise<ProvisioningReceipt> {
    return this.receipt(options, {
      method: 'PUT',
      route: apiRoutes.phase(service),
      body,
      words: `Moving ${formatServiceRef(service)} to ${body.phase}`,
    });
  }

  async verify(
    service: ServiceRef,
    body: VerifyRequest,
    options: BackendOptions,
  ): Promise<Verification> {
    const asked: Asked = {
      method: 'POST',
      route: apiRoutes.verify(service),
      body,
      words: `Verifying ${formatServiceRef(service)}`,
    };
    const outcome = await this.outcome(options, asked);
    if ('verification' in outcome) return outcome.verification;
    throw malformed(asked.words, ['verification']);
  }

  async planRetirement(
    service: ServiceRef,
    query: RetirementQuery,
    options: BackendOptions,
  ): Promise<RetirementPlan> {
    const search = new URLSearchParams(
      Object.entries(query).filter(([, value]) => value !== undefined),
    ).toString();
    return this.value(retirementPlanSchema, options, {
      method: 'GET',
      route: `${apiRoutes.retirement(service)}${search && `?${search}`}`,
      words: `Planning to retire ${formatServiceRef(service)}`,
    });
  }

  async retire(
    service: ServiceRef,
    body: RetireRequest,
    options: BackendOptions,
  ): Promise<ProvisioningReceipt> {
    return this.receipt(options, {
      method: 'DELETE',
      route: apiRoutes.service(service),
      body,
      words: `Retiring ${formatServiceRef(service)}`,
    });
  }

  private async receipt(
    options: BackendOptions,
    asked: Asked,
  ): Promise<ProvisioningReceipt> {
    const outcome = await this.outcome(options, asked);
    if ('receipt' in outcome) return outcome.receipt;
    throw malformed(asked.words, ['receipt']);
  }

  /** @returns the last line of an answer in lines; the ones before are told as they come. */
  private async outcome(
    options: BackendOptions,
    asked: Asked,
  ): Promise<Exclude<Progress, { step: string } | { error: unknown }>> {
    const response = await this.send(options, asked, NDJSON);
    let last = 'its first step';
    try {
      for await (const line of readLines(response, asked.words)) {
        const progress = checked(progressSchema, line, asked.words);
        if ('step' in progress) {
          last = JSON.stringify(progress.step);
          options.onStep?.(progress.step);
        } else if ('error' in progress)
          throw errorFrom(progress.error, asked.words);
        else return progress;
      }
    } catch (error) {
      options.signal?.throwIfAborted();
      throw error;
    }
    throw new ConnectionCutError(
      `${asked.words}: the backend ended its answer after ${last}, without an outcome. What it has done stays; press Retry to finish.`,
    );
  }

  private async value<Schema extends z.ZodTypeAny>(
    schema: Schema,
    options: BackendOptions,
    asked: Asked,
  ): Promise<z.output<Schema>> {
    const response = await this.send(options, asked, 'application/json');
    const text = await response.text().catch((error: unknown) => {
      options.signal?.throwIfAborted();
      throw new ConnectionCutError(
        `${asked.words}: the connection to the backend broke; press Retry.`,
        error,
      );
    });
    return checked(schema, text, asked.words);
  }

  private async send(
    { credentials, signal }: BackendOptions,
    asked: Asked,
    accept: string,
  ): Promise<Response> {
    const { method, route, body, words } = asked;
    signal?.throwIfAborted();
    const token = await this.tokenFor(credentials);
    const base = await this.services.discovery.getBaseUrl(PLUGIN);
    let response: Response;
    try {
      response = await fetch(`${base}${route}`, {
        method,
        signal,
        redirect: 'error',
        headers: {
          Accept: accept,
          ...(token ? { Authorization: `Bearer ${token}` } : {}),
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        },
        body: body === undefined ? undefined : JSON.stringify(body),
      });
    } catch (error) {
      signal?.throwIfAborted();
      throw new ServiceUnavailableError(
        `${words}: the backend plugin did not answer. Is it running, and is plugin ${PLUGIN} installed? Press Retry when it is.`,
        error,
      );
    }
    if (response.ok) return response;
    throw await refusalFrom(response, words);
  }

  private async tokenFor(
    credentials: BackendOptions['credentials'],
  ): Promise<string> {
    try {
      const { token } = await this.services.auth.getPluginRequestToken({
        onBehalfOf: credentials,
        targetPluginId: PLUGIN,
      });
      return token;
    } catch (error) {
      if (isError(error) && error.name === 'AuthenticationError')
        throw new SignInExpiredError(error);
      throw error;
    }
  }
}
