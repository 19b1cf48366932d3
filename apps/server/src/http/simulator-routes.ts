import type { Simulator } from '@stepdown/simulator';
import type { Express } from 'express';
import { z } from 'zod';
import type { Origins } from '../access/origins.ts';
import { refuseCrossSite } from './agent-gate.ts';
import { HttpRefusal, parseInput } from './routes.ts';

const providerSchema = z.enum(['claude', 'gpt', 'open-model']);

/** The outage remote control of the demo page. Added only while the bundled simulator answers. */
export function addSimulatorRoutes(app: Express, simulator: Simulator, origins: Origins): void {
  app.get('/api/simulator', (_request, response) => {
    response.json(simulator.control.state());
  });
  app.post('/api/simulator/:provider', async (request, response) => {
    refuseCrossSite(request, origins);
    const provider = parseInput(providerSchema, request.params.provider);
    try {
      await simulator.control.set(provider, request.body);
    } catch (cause) {
      if (cause instanceof RangeError) throw new HttpRefusal('invalid', cause.message);
      throw cause;
    }
    response.json(simulator.control.state());
  });
}
