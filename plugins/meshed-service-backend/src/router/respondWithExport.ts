import {
  MAX_EXPORT,
  ServiceSummary,
} from '@meshway/plugin-meshed-service-common';
import type { Response } from 'express';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ExportFormat } from '../statuses';

/** How many services become one piece of text. */
const PIECE = 200;

/** Answers a file, as fast as it is taken, and no faster. */
export async function respondWithExport(
  response: Response,
  services: readonly ServiceSummary[],
  { format, fileName }: { format: ExportFormat; fileName: string },
): Promise<void> {
  response.set({
    'Content-Type': format.contentType,
    'Content-Disposition': `attachment; filename="${fileName}"`,
    'Cache-Control': 'private, no-store',
    'X-Content-Type-Options': 'nosniff',
    'Meshway-Services': String(services.length),
  });
  const taken = services.slice(0, MAX_EXPORT);
  await pipeline(Readable.from(pieces(taken, format)), response).catch(
    (error: NodeJS.ErrnoException) => {
      // Whoever took it has gone away; nobody is left to be told.
      if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
    },
  );
}

function* pieces(
  services: readonly ServiceSummary[],
  format: ExportFormat,
): Generator<string> {
  yield format.before;
  for (let from = 0; from < services.length; from += PIECE)
    yield services
      .slice(from, from + PIECE)
      .map((summary, index) => format.each(summary, from + index))
      .join('');
  yield format.after;
}
