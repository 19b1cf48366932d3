import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Express, NextFunction, Response } from 'express';
import { createFramePage } from './frame-page.ts';
import { serveBuilt } from './serve-built.ts';

export interface AssetPorts {
  /** Root of the workspace. */
  readonly root: string;
  /** Pages that may embed the widget frame, as CSP sources. */
  readonly frameAncestors: readonly string[];
  readonly fallbackEmail: string | undefined;
}

/** What every page of a site asks for: an old one is used at once, and replaced for the next page. */
const SOON = 'public, max-age=300, stale-while-revalidate=604800';

/** The built browser apps. */
export function addAssetRoutes(app: Express, { root, frameAncestors, fallbackEmail }: AssetPorts): void {
  const widget = path.join(root, 'apps/widget/dist');
  const console = path.join(root, 'apps/console/dist');
  const demo = path.join(root, 'apps/demo/dist');
  const framePage = createFramePage(path.join(widget, 'frame.html'), fallbackEmail);
  const widgetFiles = serveBuilt(widget);

  app.get('/widget.js', (request, response, next) => {
    response.setHeader('cross-origin-resource-policy', 'cross-origin');
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('cache-control', SOON);
    widgetFiles(request, response, next);
  });
  app.use('/widget', (_request, response, next) => {
    allowFraming(response, frameAncestors);
    next();
  });
  app.get('/widget/frame.html', async (_request, response, next) => sendFrame(response, framePage, next));
  app.use('/widget', widgetFiles);
  app.use('/console', serveBuilt(console));
  app.get(/^\/console(\/.*)?$/, (_request, response) => sendPage(response, path.join(console, 'index.html')));
  app.use('/', serveBuilt(demo, { index: 'index.html' }));
}

async function sendFrame(response: Response, framePage: () => Promise<string>, next: NextFunction): Promise<void> {
  const page = await framePage().catch(() => undefined);
  // Not built: answered like every other file that is not there.
  if (page === undefined) return next();
  response.setHeader('cache-control', SOON);
  response.type('html').send(page);
}

function allowFraming(response: Response, ancestors: readonly string[]): void {
  response.setHeader(
    'content-security-policy',
    `default-src 'self'; img-src 'self' data:; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; object-src 'none'; frame-ancestors ${ancestors.join(' ')}`,
  );
  response.setHeader('cross-origin-resource-policy', 'cross-origin');
  response.removeHeader('cross-origin-opener-policy');
}

function sendPage(response: Response, file: string): void {
  response.setHeader('cache-control', 'no-cache');
  if (existsSync(file)) response.sendFile(file);
  else response.status(503).type('text/plain').send('This part of Stepdown is not built yet. Start it with "npm start".');
}
