import type { JsonObject } from '@backstage/types';
import request from 'supertest';

export type Task = {
  id: string;
  status: string;
  log: string;
  /** By step id. */
  steps: Record<string, string>;
  output: JsonObject;
};

/** A task that is asked for. */
type Asking = {
  template?: string;
  /** Authorization header of whoever asks; Ada's when absent. */
  as?: string;
  /** Of whoever looks at the task, which only its owner may; Ada's when absent. */
  reads?: string;
};

const api = '/api/scaffolder/v2/tasks';

/**
 * The scaffolder's tasks, as a browser asks for them.
 *
 * @param server - of the portal, or its address.
 * @param asAda - Authorization header of Ada.
 */
export function tasksOf(
  server: Parameters<typeof request>[0],
  asAda: () => string,
) {
  async function finished(id: string, reads?: string): Promise<Task> {
    for (;;) {
      const { body: task } = await get(`${api}/${id}`, reads);
      if (['completed', 'failed', 'cancelled'].includes(task.status))
        return taskOf(task, (await get(`${api}/${id}/events`, reads)).body);
      await new Promise(resolve => setTimeout(resolve, 50));
    }
  }

  const get = (route: string, as = asAda()) =>
    request(server).get(route).set('Authorization', as).expect(200);

  return {
    finished,
    /** @returns the id of the newest task with this name, of a service or its namespace, among its answers: whoever asked may not have lived to be told. */
    async idFor(name: string): Promise<string> {
      const { body } = await get(`${api}?limit=20&order=desc:created_at`);
      const asked: Array<{ id: string; spec: JsonObject }> = body.tasks;
      const found = asked.find(({ spec }) =>
        Object.values(Object(spec.parameters)).includes(name),
      );
      if (!found) throw new Error(`Nobody has asked for ${name}`);
      return found.id;
    },
    /** Sends values as a browser does, or as somebody who writes to the API. */
    send: (
      values: unknown,
      { template = 'meshed-service', as = asAda() }: Asking = {},
    ) =>
      request(server)
        .post(api)
        .set('Authorization', as)
        .send({
          templateRef: `template:default/${template}`,
          values,
        } as object),
    async ask(values: JsonObject, asking?: Asking): Promise<Task> {
      const { body } = await this.send(values, asking).expect(201);
      return finished(body.id, asking?.reads);
    },
    /** Cancels a task; what it does at that moment ends when it ends. */
    async cancel(id: string): Promise<void> {
      await request(server)
        .post(`${api}/${id}/cancel`)
        .set('Authorization', asAda())
        .expect(200);
    },
    async retry(
      id: string,
      as = asAda(),
    ): Promise<Task & { startedAt: number }> {
      const startedAt = Date.now();
      await request(server)
        .post(`${api}/${id}/retry`)
        .set('Authorization', as)
        .send({})
        .expect(201);
      return { ...(await finished(id)), startedAt };
    },
  };
}

type TaskEvent = {
  type: string;
  body: {
    message: string;
    stepId?: string;
    status?: string;
    output?: JsonObject;
  };
};

function taskOf(
  { id, status }: { id: string; status: string },
  events: TaskEvent[],
): Task {
  return {
    id,
    status,
    log: events.map(({ body }) => body.message).join('\n'),
    steps: Object.fromEntries(
      events.flatMap(({ body }) =>
        body.stepId && body.status ? [[body.stepId, body.status]] : [],
      ),
    ),
    output: events.find(({ type }) => type === 'completion')?.body.output ?? {},
  };
}
