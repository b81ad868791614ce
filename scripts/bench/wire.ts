/** Counts requests where they leave the process, repetitions included. */
import { subscribe } from 'node:diagnostics_channel';

export const requestClasses = ['read', 'review', 'dryRun', 'write'] as const;
export type RequestClass = (typeof requestClasses)[number];

/** What was sent: by what it does, and by method. */
export type Sent = {
  all: number;
  byClass: Record<RequestClass, number>;
  byMethod: Record<string, number>;
};

let sent: Sent | undefined;

// undici says it of each request as it is sent; nothing stands between us and the systems, and nothing slows them down.
subscribe('undici:request:create', message => {
  const { method, path } = (
    message as { request: { method: string; path: string } }
  ).request;
  if (!sent) return;
  const kind = classOf(method, path);
  sent.all += 1;
  sent.byClass[kind] += 1;
  sent.byMethod[method] = (sent.byMethod[method] ?? 0) + 1;
});

/** Counts from here to the end of the work. */
export async function counting<Result>(
  work: () => Promise<Result>,
): Promise<{ result: Result; sent: Sent }> {
  const counted: Sent = {
    all: 0,
    byClass: { read: 0, review: 0, dryRun: 0, write: 0 },
    byMethod: {},
  };
  sent = counted;
  try {
    return { result: await work(), sent: counted };
  } finally {
    sent = undefined;
  }
}

function classOf(method: string, path: string): RequestClass {
  if (method === 'GET') return 'read';
  if (path.includes('selfsubject') || path.includes('capabilities-self'))
    return 'review';
  return path.includes('dryRun=All') ? 'dryRun' : 'write';
}
