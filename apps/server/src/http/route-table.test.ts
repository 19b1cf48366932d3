import express, { Router } from 'express';
import { describe, expect, it } from 'vitest';
import { requireListedRoutes, routesOf, unlistedRoutes } from './route-table.ts';
import { PROTECTED_ROUTES } from './routes.ts';

const nothing = (): void => undefined;

describe('the route table', () => {
  it('[D49] sees the routes of an app and of the routers inside', () => {
    const inner = Router();
    inner.put('/api/faq/:id', nothing);
    const app = express();
    app.get('/api/agent/session', nothing);
    app.use(inner);
    app.use('/static', nothing);
    expect(routesOf(app.router)).toEqual(['GET /api/agent/session', 'PUT /api/faq/:id']);
  });

  it('[D49] refuses a router with a prefix, because Express does not tell it', () => {
    const app = express();
    app.use('/api/agent', Router().get('/payroll', nothing));
    expect(() => requireListedRoutes(app)).toThrow('/payroll');
  });

  it('[D49] knows every listed route and only those', () => {
    expect(unlistedRoutes(PROTECTED_ROUTES)).toEqual([]);
    expect(unlistedRoutes(['GET /api/agent/payroll', 'DELETE /api/faq', 'GET /api/status', 'GET /'])).toEqual([
      'GET /api/agent/payroll',
      'DELETE /api/faq',
    ]);
  });

  it.each(['get', 'post', 'all'] as const)(
    '[D49] refuses an app with one unlisted route (%s), so that the server does not start',
    (method) => {
      const app = express();
      app.get('/api/agent/session', nothing);
      requireListedRoutes(app);
      app[method]('/api/agent/payroll', nothing);
      expect(() => requireListedRoutes(app)).toThrow('/api/agent/payroll');
    },
  );
});
