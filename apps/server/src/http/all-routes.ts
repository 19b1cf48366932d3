import type { ConversationPorts, DraftPorts } from '@stepdown/conversation';
import {
  type LadderHistory,
  type LadderView,
  ladderHistoryQuerySchema,
  ladderQuerySchema,
  type StatusResponse,
  type TierChangeView,
} from '@stepdown/protocol';
import type { Simulator } from '@stepdown/simulator';
import { type Express, Router } from 'express';
import type { Content } from '../content.ts';
import type { InboxDesk } from '../inbox/desk.ts';
import type { Metrics } from '../metrics.ts';
import type { InboxViewPorts } from '../views/inbox-view.ts';
import { type AccessRoutePorts, addAccessRoutes, addPublicAccessRoutes } from './access-routes.ts';
import { createAgentGate } from './agent-gate.ts';
import { addAssetRoutes } from './assets.ts';
import { addBulkRoutes } from './bulk-routes.ts';
import { addDeskRoutes } from './desk-routes.ts';
import { addFaqExchangeRoutes } from './faq-exchange-routes.ts';
import { addFaqInsightRoutes } from './faq-insight-routes.ts';
import { addFaqRoutes, addPublicFaqRoute } from './faq-routes.ts';
import { addHealthRoutes } from './health-routes.ts';
import { addInboxRoutes } from './inbox-routes.ts';
import { requireListedRoutes } from './route-table.ts';
import { createAgentRoutes, parseInput } from './routes.ts';
import { addSimulatorRoutes } from './simulator-routes.ts';
import { addStatusRoutes } from './status-routes.ts';

export interface RoutePorts {
  readonly access: AccessRoutePorts;
  readonly content: Content;
  readonly conversations: ConversationPorts;
  readonly inbox: InboxViewPorts;
  readonly desk: InboxDesk;
  readonly drafts: DraftPorts;
  readonly onDeskChanged: (what: 'labels' | 'canned-replies') => void;
  readonly metrics: Metrics;
  readonly simulator: Simulator | undefined;
  readonly root: string;
  readonly frameAncestors: readonly string[];
  readonly siteName: string;
  readonly fallbackEmail: string | undefined;
  /** Ids of FAQ entries that the widget offers before the first word. */
  readonly suggestions: readonly string[];
  readonly notReadyBecause: () => Promise<readonly string[]>;
  readonly status: () => Promise<StatusResponse>;
  /** `days`: how far back its changes go. */
  readonly ladder: (days: number) => Promise<LadderView>;
  readonly history: (minutes: number) => LadderHistory;
  readonly changesSince: (since: number) => Promise<readonly TierChangeView[]>;
}

/** Every route of the server, in one reading. */
export function addAllRoutes(app: Express, ports: RoutePorts): void {
  const { access, content } = ports;
  addHealthRoutes(app, ports);
  addStatusRoutes(app, { ...ports, now: () => access.clock.now() });
  addPublicFaqRoute(app, content, ports.suggestions);
  addPublicAccessRoutes(app, access);
  if (ports.simulator !== undefined) addSimulatorRoutes(app, ports.simulator, access.origins);

  const router = Router();
  const add = createAgentRoutes(router, createAgentGate(access, access.origins));
  addAccessRoutes(add, access);
  addInboxRoutes(add, { ...ports.inbox, store: access.store, conversations: ports.conversations, desk: ports.desk });
  addDeskRoutes(add, { ...access, onChanged: ports.onDeskChanged });
  addBulkRoutes(add, { ...access, conversations: ports.conversations, drafts: ports.drafts });
  addFaqInsightRoutes(add, { content, access });
  addFaqExchangeRoutes(add, { content, access });
  addFaqRoutes(add, { content, access });
  add('GET /api/agent/ladder', ({ request }) => ports.ladder(parseInput(ladderQuerySchema, request.query).days));
  add('GET /api/agent/ladder/history', async ({ request }) => ports.history(parseInput(ladderHistoryQuerySchema, request.query).minutes));
  add('GET /api/agent/alerts', async () => ({ alerts: await access.store.alerts.listOpen() }));
  app.use(router);

  addAssetRoutes(app, ports);
  requireListedRoutes(app);
}
