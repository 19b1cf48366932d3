import type { StatusResponse, TierChangeView } from '@stepdown/protocol';
import type { Express } from 'express';
import { z } from 'zod';
import { renderStatusPage, STATUS_CSS } from '../status/status-page.ts';
import { parseInput } from './routes.ts';

export interface StatusPorts {
  readonly siteName: string;
  readonly now: () => number;
  readonly status: () => Promise<StatusResponse>;
  readonly changesSince: (since: number) => Promise<readonly TierChangeView[]>;
}

const DAY_MS = 86_400_000;
const historySchema = z.object({ days: z.enum(['30', '60', '90']).default('30') });

/** Public and free of secrets: what works now, and what changed. */
export function addStatusRoutes(app: Express, ports: StatusPorts): void {
  app.get('/api/status', async (_request, response) => {
    response.setHeader('cache-control', 'no-store');
    response.json(await ports.status());
  });
  app.get('/api/status/history', async (request, response) => {
    const days = Number(parseInput(historySchema, request.query).days);
    const changes = await ports.changesSince(ports.now() - days * DAY_MS);
    response.json({ days, changes: changes.map(({ from, to, at }) => ({ from, to, at })) });
  });
  app.get('/status.css', (_request, response) => {
    response.setHeader('cache-control', 'public, max-age=300');
    response.type('css').send(STATUS_CSS);
  });
  app.get('/status', async (_request, response) => {
    const changes = await ports.changesSince(ports.now() - 30 * DAY_MS);
    response.setHeader('cache-control', 'no-store');
    response.type('html').send(renderStatusPage({ siteName: ports.siteName, status: await ports.status(), changes, now: ports.now() }));
  });
}
