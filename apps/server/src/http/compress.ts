import { constants } from 'node:zlib';
import compression from 'compression';
import type { RequestHandler } from 'express';

/** Answers that hold a token of the session: their length must not depend on what somebody else made a browser send. */
const HOLDS_TOKEN = /^\/api\/agent\/(session|sign-in|set-up|password)\b/;

/**
 * Compresses answers of half a kB and more, with Brotli where the browser takes it. What was compressed when it was built
 * (`serveBuilt`) passes through. Quality 5: smaller than gzip at its best, in the time of gzip's default.
 */
export function compressAnswers(): RequestHandler {
  return compression({
    threshold: 512,
    brotli: { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } },
    filter: (request, response) => !HOLDS_TOKEN.test(request.originalUrl ?? '') && compression.filter(request, response),
  });
}
