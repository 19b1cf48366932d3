import { existsSync } from 'node:fs';
import path from 'node:path';
import express, { type Express, type Response } from 'express';

export interface AssetPorts {
  /** Root of the workspace. */
  readonly root: string;
  /** Pages that may embed the widget frame, as CSP sources. */
  readonly frameAncestors: readonly string[];
}

const YEAR = 'public, max-age=31536000, immutable';
const SHORT = 'public, max-age=300';

/** The built browser apps. Hashed files never change; everything else is asked for again soon. */
export function addAssetRoutes(app: Express, { root, frameAncestors }: AssetPorts): void {
  const widget = path.join(root, 'apps/widget/dist');
  const console = path.join(root, 'apps/console/dist');
  const demo = path.join(root, 'apps/demo/dist');

  app.get('/widget.js', (_request, response) => {
    response.setHeader('cross-origin-resource-policy', 'cross-origin');
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('cache-control', SHORT);
    response.sendFile(path.join(widget, 'widget.js'));
  });
  app.use('/widget', (_request, response, next) => {
    allowFraming(response, frameAncestors);
    next();
  });
  app.use('/widget', express.static(widget, { index: false, setHeaders: cacheByName }));
  app.use('/console', express.static(console, { index: false, redirect: false, setHeaders: cacheByName }));
  app.get(/^\/console(\/.*)?$/, (_request, response) => sendPage(response, path.join(console, 'index.html')));
  app.use('/', express.static(demo, { index: 'index.html', setHeaders: cacheByName }));
}

function allowFraming(response: Response, ancestors: readonly string[]): void {
  response.setHeader(
    'content-security-policy',
    `default-src 'self'; img-src 'self' data:; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; object-src 'none'; frame-ancestors ${ancestors.join(' ')}`,
  );
  response.setHeader('cross-origin-resource-policy', 'cross-origin');
  response.removeHeader('cross-origin-opener-policy');
}

function cacheByName(response: Response, file: string): void {
  response.setHeader('cache-control', /[\\/]assets[\\/]/.test(file) ? YEAR : SHORT);
}

function sendPage(response: Response, file: string): void {
  response.setHeader('cache-control', 'no-cache');
  if (existsSync(file)) response.sendFile(file);
  else response.status(503).type('text/plain').send('This part of Stepdown is not built yet. Start it with "npm start".');
}
