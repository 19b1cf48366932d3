import { existsSync } from 'node:fs';
import path from 'node:path';
import express, { type Request, type RequestHandler, type Response, Router } from 'express';

const YEAR = 'public, max-age=31536000, immutable';
const SHORT = 'public, max-age=300';

/** Only these are compressed at build time; no other character reaches the file system before `express.static`. */
const TEXT_FILE = /^\/(?:assets\/)?[\w.-]+\.(?:js|css)$/;

/**
 * Serves what Vite built into `directory`. Hashed files never change; everything else is asked for again soon. A file
 * that was compressed at build time, harder than there is time for while somebody waits, is sent that way.
 */
export function serveBuilt(directory: string, options: { readonly index?: string | false } = {}): RequestHandler {
  const router = Router();
  router.use((request, response, next) => {
    const encoding = TEXT_FILE.test(request.path) ? wantedEncoding(request) : undefined;
    if (encoding !== undefined && existsSync(path.join(directory, request.path + encoding.ending))) {
      response.type(path.extname(request.path));
      response.setHeader('content-encoding', encoding.name);
      request.url = request.url.replace(request.path, request.path + encoding.ending);
    }
    if (TEXT_FILE.test(request.path)) response.vary('accept-encoding');
    next();
  });
  router.use(express.static(directory, { index: options.index ?? false, redirect: false, setHeaders: cacheByName }));
  return router;
}

interface Encoding {
  readonly name: string;
  readonly ending: string;
}

/** Browsers name gzip first and mean no preference by it; Brotli is the smaller one. */
function wantedEncoding(request: Request): Encoding | undefined {
  if (request.acceptsEncodings('br') === 'br') return { name: 'br', ending: '.br' };
  return request.acceptsEncodings('gzip') === 'gzip' ? { name: 'gzip', ending: '.gz' } : undefined;
}

function cacheByName(response: Response, file: string): void {
  if (!response.hasHeader('cache-control')) response.setHeader('cache-control', /[\\/]assets[\\/]/.test(file) ? YEAR : SHORT);
}
