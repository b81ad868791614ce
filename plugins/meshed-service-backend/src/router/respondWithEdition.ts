import type { Request, Response } from 'express';
import type { BatchItem, StatusEdition } from '../statuses';

/**
 * Answers what is in memory, byte by byte, or that the client has it already.
 * @returns which of the two.
 */
export function respondWithEdition(
  request: Request,
  response: Response,
  { json, etag }: StatusEdition,
): 'sent' | 'unchanged' {
  response.set({
    ETag: etag,
    // Whoever keeps it has to ask each time, because who may see it may change.
    'Cache-Control': 'private, no-cache',
    'Content-Type': 'application/json; charset=utf-8',
  });
  response.vary('Authorization');
  if (request.fresh) {
    response.status(304).end();
    return 'unchanged';
  }
  response.set('Content-Length', String(json.length)).end(json);
  return 'sent';
}

/** Answers a batch: what is in memory is put together, and not made again. */
export function respondWithBatch(
  response: Response,
  items: readonly BatchItem[],
): void {
  const pieces: Buffer[] = [Buffer.from('{"items":[')];
  items.forEach((item, index) => {
    const { kind, service } = item;
    const said = JSON.stringify({ kind, service });
    const before = index === 0 ? '' : ',';
    if (item.kind === 'status')
      pieces.push(
        Buffer.from(`${before}${said.slice(0, -1)},"status":`),
        item.edition.json,
        Buffer.from('}'),
      );
    else pieces.push(Buffer.from(`${before}${said}`));
  });
  pieces.push(Buffer.from(']}'));
  response.type('json').set('Cache-Control', 'private, no-store');
  response.end(Buffer.concat(pieces));
}
