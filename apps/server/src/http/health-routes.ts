import type { Express } from 'express';
import type { Metrics } from '../metrics.ts';

export interface HealthPorts {
  /** Reasons why no traffic should come here now; empty = ready. */
  readonly notReadyBecause: () => Promise<readonly string[]>;
  readonly metrics: Metrics;
}

export function addHealthRoutes(app: Express, ports: HealthPorts): void {
  app.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  app.get('/readyz', async (_request, response) => {
    const reasons = await ports.notReadyBecause();
    response.status(reasons.length === 0 ? 200 : 503).json(reasons.length === 0 ? { status: 'ready' } : { status: 'not ready', reasons });
  });
  app.get('/metrics', async (_request, response) => {
    response.type(ports.metrics.registry.contentType).send(await ports.metrics.registry.metrics());
  });
}
