import { randomUUID } from 'node:crypto';
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type ConversationPorts, createTurnBoard, type PublishConversationEvent, type TurnBoard } from '@stepdown/conversation';
import { createIds, type Log, messageOf, type Signal, StepdownError, systemClock, type TierId } from '@stepdown/kernel';
import { type LadderView, PROTOCOL_VERSION, type StatusResponse } from '@stepdown/protocol';
import type { Simulator } from '@stepdown/simulator';
import { openStore, type Store } from '@stepdown/store';
import { withNamedSources } from '@stepdown/tiers';
import type { Namespace } from 'socket.io';
import { createOrigins } from './access/origins.ts';
import { hashPassword } from './access/passwords.ts';
import { createAgent } from './access/sign-in.ts';
import { createPseudonyms } from './access/tokens.ts';
import type { ServerConfig } from './config.ts';
import { type Content, openContent } from './content.ts';
import { withSimulator } from './development/simulator.ts';
import { addAllRoutes } from './http/all-routes.ts';
import { createApp } from './http/app.ts';
import { type LadderRuntime, startLadder } from './ladder-runtime.ts';
import { createMetrics } from './metrics.ts';
import { serveAgents } from './realtime/agents.ts';
import { createBroadcast } from './realtime/broadcast.ts';
import { createLimits } from './realtime/guard.ts';
import { createIo } from './realtime/io.ts';
import { connectLadder, type LadderFeed } from './realtime/ladder-feed.ts';
import { createPresence } from './realtime/presence.ts';
import { agentRoom, conversationRoom } from './realtime/rooms.ts';
import { serveVisitors } from './realtime/visitors.ts';
import { type ModelRoute, modelRoutes } from './routes-config.ts';
import type { Closable } from './shutdown.ts';
import { ladderView, statusResponse } from './views/ladder-view.ts';
import { noticeOf } from './views/notice.ts';

export interface RunningServer extends Closable {
  readonly url: string;
  readonly config: ServerConfig;
  readonly store: Store;
  readonly simulator: Simulator | undefined;
}

export interface ComposeOptions {
  readonly config: ServerConfig;
  /** Root of the workspace: where the built browser apps are. */
  readonly root: string;
  readonly log: Log;
}

/** Turns that a dead process left behind are looked for this often. */
const SWEEP_MS = 5_000;
const CHANGES_SHOWN_MS = 24 * 3_600_000;

const clock = systemClock;
const newId = createIds({ clock, random: Math.random });

/**
 * The only place where parts meet. Opens what must stand first (store, content), then the ladder, then the doors.
 * @throws StepdownError with the remedy, when the store, the FAQ folder or the port can't be had.
 */
export async function composeServer({ config: given, root, log }: ComposeOptions): Promise<RunningServer> {
  const store = await openStore({ url: given.databaseUrl, dataDir: given.dataDir, clock, log });
  const content = await openContent({ dir: given.faqDir, defaultLocale: given.defaultLocale, log });
  const { config, simulator } = await withSimulator(given);
  await ensureAdmin(config, store);

  const http = createServer();
  const origins = createOrigins({ ...config, port: () => portOf(http) });
  const io = createIo(http, origins);
  const visitors = io.of('/visitor');
  const agents = io.of('/agent');
  let isDraining = false;
  const metrics = createMetrics({
    runningTurns: () => board.size,
    visitors: () => visitors.sockets.size,
    agents: () => presence.online(),
  });
  let feed: LadderFeed | undefined;
  const routes = modelRoutes(config);
  const runtime = await startLadder({
    routes,
    policy: config.policy,
    store,
    clock,
    random: Math.random,
    newId,
    log,
    affectedConversations: () => visitors.sockets.size,
    onSignal: (signal) => {
      metrics.signal(signal);
      feed?.signal(signal);
    },
  });
  const view = (): Promise<LadderView> => viewLadder(runtime, visitors, simulator !== undefined);
  feed = connectLadder({ runtime, visitors, agents, view, clock, log });

  const inbox = { store, globalTier: runtime.tier };
  const publish = createBroadcast({ visitors, agents, inbox, clock, log });
  const board = createBoard({ config, routes, runtime, store, content, publish, visitors, log, onTurnEnded: metrics.turnEnded });
  const conversations: ConversationPorts = {
    conversations: store.conversations,
    turns: store.turns,
    board,
    publish,
    clock,
    newId,
    processId,
  };
  const presence = createPresence({
    clock,
    onViewers: (conversationId, viewers) =>
      agents.to(conversationRoom(conversationId)).emit('agent:viewing', { conversationId, agents: viewers }),
    onOnline: (online) => void announceQueue(store, agents, online, log),
  });
  const limits = createLimits(clock);
  const access = { store, clock, newId };
  serveVisitors({
    namespace: visitors,
    agentNamespace: agents,
    conversations,
    store,
    limits,
    log,
    tier: runtime.tier,
    isDraining: () => isDraining,
    agentsOnline: () => presence.online(),
    agentName: async (agentId) => (await store.agents.byId(agentId))?.name,
    config: {
      protocolVersion: PROTOCOL_VERSION,
      siteName: config.siteName,
      fallbackEmail: config.fallbackEmail ?? null,
      locale: config.defaultLocale,
      isSimulated: simulator !== undefined,
    },
  });
  const drills = { start: async () => undefined, stop: async () => undefined };
  serveAgents({
    namespace: agents,
    visitorNamespace: visitors,
    access,
    conversations,
    inbox,
    ladder: runtime.ladder,
    drills,
    presence,
    limits,
    log,
  });

  const app = createApp({
    log,
    newErrorId: () => newId('evt'),
    addRoutes: (express) =>
      addAllRoutes(express, {
        access: {
          ...access,
          origins,
          isSimulated: simulator !== undefined,
          disconnectAgent: (agentId) => agents.in(agentRoom(agentId)).disconnectSockets(true),
        },
        content,
        conversations,
        inbox,
        metrics,
        simulator,
        root,
        frameAncestors: frameAncestors(config),
        siteName: config.siteName,
        notReadyBecause: () => reasons(store, content, isDraining),
        status: () => publicStatus(runtime, store, simulator !== undefined),
        ladder: view,
        changesSince: runtime.recentChanges,
      }),
  });
  http.on('request', app);
  await listen(http, config);
  await board.adoptOrphans({ force: store.kind === 'sqlite' });
  const sweep = setInterval(
    () => void board.adoptOrphans().catch((cause: unknown) => log.warn({ cause }, 'The sweep for orphaned turns failed.')),
    SWEEP_MS,
  );

  return {
    url: `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${portOf(http)}`,
    config,
    store,
    simulator,
    async drain(forMs) {
      isDraining = true;
      clearInterval(sweep);
      http.close();
      await board.drain(forMs);
    },
    async close() {
      feed?.stop();
      await io.close();
      http.closeAllConnections();
      await runtime.close();
      await content.close();
      await simulator?.close();
      await store.close();
    },
  };
}

const processId = randomUUID();

interface BoardParts {
  readonly config: ServerConfig;
  readonly routes: readonly ModelRoute[];
  readonly runtime: LadderRuntime;
  readonly store: Store;
  readonly content: Content;
  readonly publish: PublishConversationEvent;
  readonly visitors: Namespace;
  readonly log: Log;
  readonly onTurnEnded: (tier: TierId | undefined) => void;
}

function createBoard(parts: BoardParts): TurnBoard {
  const sources = new Map(parts.routes.map(({ source }) => [source.routeId, source]));
  return createTurnBoard({
    conversations: parts.store.conversations,
    turns: parts.store.turns,
    ladder: parts.runtime.ladder,
    policy: parts.config.policy,
    floor: parts.content,
    attempt: (route, request, signal) => {
      const source = sources.get(route.routeId);
      if (source === undefined) throw new Error(`The plan names a route that is not configured: ${route.routeId}`);
      const ids = request.grounding.map((entry) => entry.id);
      return withNamedSources(source.answer(request, signal), ids);
    },
    report: (signal: Signal) => parts.runtime.report(signal),
    publish: parts.publish,
    clock,
    random: Math.random,
    newId,
    log: parts.log,
    processId,
    hashVisitor: createPseudonyms(parts.config.identitySecret ?? parts.config.siteName),
    onTurnEnded: ({ turn, tier }) => {
      parts.onTurnEnded(tier);
      // The conversation may stand below the global tier: its visitor is told what answered here.
      if (tier !== undefined)
        parts.visitors.to(conversationRoom(turn.conversationId)).emit('tier:changed', { tier, notice: noticeOf(tier), at: clock.now() });
    },
  });
}

async function viewLadder(runtime: LadderRuntime, visitors: Namespace, isSimulated: boolean): Promise<LadderView> {
  const changes = await runtime.recentChanges(clock.now() - CHANGES_SHOWN_MS);
  return ladderView(runtime.ladder.snapshot(), { affectedConversations: visitors.sockets.size, isSimulated, changes });
}

async function publicStatus(runtime: LadderRuntime, store: Store, isSimulated: boolean): Promise<StatusResponse> {
  const incident = await store.incidents.current();
  const shown =
    incident === undefined ? null : { id: incident.id, state: incident.state, title: incident.title, startedAt: incident.startedAt };
  return statusResponse(runtime.ladder.snapshot(), shown, isSimulated);
}

async function announceQueue(store: Store, agents: Namespace, online: number, log: Log): Promise<void> {
  try {
    const { counts } = await store.conversations.inbox({ view: 'queue', agentId: '', limit: 1 });
    agents.to('agents').emit('queue:changed', { waiting: counts.queue, online });
  } catch (cause) {
    log.warn({ cause }, 'Agents could not be told of the queue.');
  }
}

async function reasons(store: Store, content: Content, isDraining: boolean): Promise<readonly string[]> {
  const found: string[] = isDraining ? ['draining'] : [];
  await store.ping().catch(() => found.push('the store does not answer'));
  if (content.entries.length === 0) found.push('the FAQ has no valid entry');
  return found;
}

/** Creates the configured first agent, once; later changes of the variables change nothing. */
async function ensureAdmin({ admin }: ServerConfig, store: Store): Promise<void> {
  if (admin === undefined || (await store.agents.count()) > 0) return;
  const passwordHash = await hashPassword(admin.password);
  await createAgent(
    { store, clock, newId },
    { email: admin.email.toLowerCase(), name: admin.email.split('@')[0] ?? 'Admin', role: 'admin', passwordHash },
  );
}

function frameAncestors(config: ServerConfig): string[] {
  const development = config.isLoopback && !config.isProduction ? ['http://localhost:*', 'http://127.0.0.1:*'] : [];
  return ["'self'", ...config.allowedOrigins, ...development];
}

function listen(http: HttpServer, { host, port }: ServerConfig): Promise<void> {
  return new Promise((resolve, reject) => {
    http.once('error', (cause) => reject(listenError(cause, host, port)));
    http.listen(port, host, () => resolve());
  });
}

function listenError(cause: Error, host: string, port: number): StepdownError {
  const code = 'code' in cause ? cause.code : undefined;
  if (code === 'EADDRINUSE')
    return new StepdownError(
      'port-taken',
      `Port ${port} on ${host} is taken by another program.`,
      'Stop that program, or start with another port: PORT=3001 npm start',
      { cause },
    );
  if (code === 'EACCES')
    return new StepdownError(
      'port-forbidden',
      `Port ${port} needs more rights than this user has.`,
      'Use a port above 1023, and a reverse proxy in front for 80 and 443.',
      { cause },
    );
  return new StepdownError(
    'port-failed',
    `The server can't listen on ${host}:${port}: ${messageOf(cause)}`,
    'Set HOST to an address of this machine.',
    { cause },
  );
}

function portOf(http: HttpServer): number {
  // A TCP server that listens has an address object; before that there is no port yet.
  const address = http.address() as AddressInfo | null;
  return address?.port ?? 0;
}
