import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { DeferPorts, PublishConversationEvent } from '@stepdown/conversation';
import { createIds, type Log, systemClock } from '@stepdown/kernel';
import { type LadderView, PROTOCOL_VERSION } from '@stepdown/protocol';
import type { Simulator } from '@stepdown/simulator';
import { openStore, type Store } from '@stepdown/store';
import { createAddressOf } from './access/addresses.ts';
import { ensureFirstAgent } from './access/first-agent.ts';
import { createIdentityCheck } from './access/identity-token.ts';
import { createOrigins } from './access/origins.ts';
import { createSignInThrottle } from './access/sign-in-throttle.ts';
import { createAnswering } from './answering.ts';
import type { ServerConfig } from './config.ts';
import { openContent } from './content.ts';
import { withSimulator } from './development/simulator.ts';
import { createDrills } from './drills.ts';
import { startHousekeeping } from './housekeeping.ts';
import { addAllRoutes } from './http/all-routes.ts';
import { createApp } from './http/app.ts';
import { createInboxDesk } from './inbox/desk.ts';
import { startLadder } from './ladder-runtime.ts';
import { listen, portOf } from './listen.ts';
import { announceQueue, publicStatus, reasons, viewLadder } from './live-views.ts';
import { createMetrics } from './metrics.ts';
import { attendParkedQuestions } from './parked-questions.ts';
import { watchProviders } from './provider-watch.ts';
import { serveAgents } from './realtime/agents.ts';
import { createBroadcast } from './realtime/broadcast.ts';
import { createLimits } from './realtime/guard.ts';
import { createIo } from './realtime/io.ts';
import { connectLadder, type LadderFeed } from './realtime/ladder-feed.ts';
import { createPresence } from './realtime/presence.ts';
import { agentRoom, conversationRoom } from './realtime/rooms.ts';
import { serveVisitors } from './realtime/visitors.ts';
import { modelRoutes } from './routes-config.ts';
import { openSavedAnswers } from './saved-answers.ts';
import type { Closable } from './shutdown.ts';

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

const clock = systemClock;
const newId = createIds({ clock, random: Math.random });

/**
 * The only place where parts meet. Opens what must stand first (store, content), then the ladder, then the doors.
 * @throws StepdownError with the remedy, when the store, the FAQ folder or the port can't be had.
 */
export async function composeServer({ config: given, root, log }: ComposeOptions): Promise<RunningServer> {
  const store = await openStore({ url: given.databaseUrl, dataDir: given.dataDir, clock, log });
  const content = await openContent({ dir: given.faqDir, defaultLocale: given.defaultLocale, store, clock, newId, log });
  const { config, simulator } = await withSimulator(given);
  await ensureFirstAgent(config, { store, clock, newId });

  // Node waits up to 300 s for a request; whoever needs that long to send one has no good reason (D16).
  const timeouts = { headersTimeout: 10_000, requestTimeout: 30_000, connectionsCheckingInterval: 5_000 };
  // Socket.IO steps in front of the listeners it finds; one that is added later would answer its polling requests too.
  const http = createServer(timeouts, (request, response) => app(request, response));
  const origins = createOrigins({ ...config, port: () => portOf(http) });
  const addressOf = createAddressOf({
    trustedProxies: config.trustedProxies,
    onUntrusted: (proxy) =>
      log.warn({ proxy }, 'Requests come through a proxy that STEPDOWN_TRUSTED_PROXIES does not name: all count as one address.'),
  });
  const io = createIo(http, { origins, addressOf });
  const visitors = io.of('/visitor');
  const agents = io.of('/agent');
  let isDraining = false;
  const metrics = createMetrics({
    runningTurns: () => board.size,
    visitors: () => visitors.sockets.size,
    agents: () => presence.online(),
  });
  let feed: LadderFeed | undefined;
  const drills = createDrills({
    clock,
    newId,
    log,
    setDrill: (routeIds, isOn) => {
      runtime.ladder.setDrill(routeIds, isOn);
      feed?.changed();
    },
  });
  const routes = modelRoutes(config).map((route) => ({ ...route, source: drills.rehearse(route.source) }));
  const runtime = await startLadder({
    routes,
    policy: config.policy,
    store,
    clock,
    random: Math.random,
    newId,
    log,
    affectedConversations: () => visitors.sockets.size,
    isDrill: () => drills.current !== undefined,
    onSignal: (signal) => {
      metrics.signal(signal);
      feed?.signal(signal);
    },
  });
  const watch = watchProviders({
    config,
    simulator,
    routes,
    clock,
    random: Math.random,
    log,
    suspect: (tier, reason) => {
      runtime.suspect(tier, reason);
      feed?.changed();
    },
    warn: ({ routeId, detail }) => void runtime.alert({ code: 'model', routeId, detail }),
  });
  const view = (days?: number): Promise<LadderView> =>
    viewLadder({ runtime, drills, visitors, isSimulated: simulator !== undefined, clock }, days);
  feed = connectLadder({ runtime, visitors, agents, view, clock, log });

  const inbox = { store, globalTier: runtime.tier };
  const broadcast = content.insights.listeningTo(
    createBroadcast({ visitors, agents, inbox, waitingOf: (id) => desk.waitingOf(id), clock, log }),
  );
  const publish: PublishConversationEvent = (event) => {
    broadcast(event);
    desk.heard(event);
  };
  const savedAnswers = openSavedAnswers({ store, content, config, clock, log });
  const { board, drafts } = createAnswering({
    clock,
    newId,
    processId,
    config,
    routes,
    runtime,
    store,
    content,
    savedAnswers,
    publish,
    visitors,
    log,
    onTurnEnded: metrics.turnEnded,
  });
  const conversations: DeferPorts = {
    conversations: store.conversations,
    turns: store.turns,
    board,
    publish,
    clock,
    newId,
    processId,
    jobs: store.jobs,
    ratings: store.ratings,
    policy: config.policy,
    savedAnswers,
  };
  const presence = createPresence({
    clock,
    onViewers: (conversationId, viewers) =>
      agents.to(conversationRoom(conversationId)).emit('agent:viewing', { conversationId, agents: viewers }),
    onOnline: (online) => {
      void announceQueue(store, agents, online, log);
      desk.teamMoved();
    },
  });
  const desk = createInboxDesk({ config, store, conversations, presence, visitors, agents, clock, log });
  const limits = createLimits(clock, config.messagesPerVisitor);
  const access = { store, clock, newId };
  serveVisitors({
    checkIdentity: createIdentityCheck({ secret: config.identitySecret, publicKey: config.identityPublicKey, clock }),
    namespace: visitors,
    agentNamespace: agents,
    conversations,
    store,
    limits,
    addressOf,
    log,
    tier: runtime.tier,
    isDraining: () => isDraining,
    waitingOf: desk.waitingOf,
    agentName: async (agentId) => (await store.agents.byId(agentId))?.name,
    config: {
      protocolVersion: PROTOCOL_VERSION,
      siteName: config.siteName,
      fallbackEmail: config.fallbackEmail ?? null,
      locale: config.defaultLocale,
      isSimulated: simulator !== undefined,
    },
  });
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
    desk,
    log,
  });

  const app = createApp({
    log,
    newErrorId: () => newId('evt'),
    addRoutes: (express) =>
      addAllRoutes(express, {
        access: {
          ...access,
          throttle: createSignInThrottle(access),
          origins,
          addressOf,
          isSimulated: simulator !== undefined,
          siteName: config.siteName,
          disconnectAgent: (agentId) => agents.in(agentRoom(agentId)).disconnectSockets(true),
        },
        content,
        conversations,
        inbox,
        desk,
        drafts,
        onDeskChanged: (what) => agents.to('agents').emit('desk:changed', { what }),
        metrics,
        simulator,
        root,
        frameAncestors: frameAncestors(config),
        siteName: config.siteName,
        fallbackEmail: config.fallbackEmail,
        suggestions: config.suggestions,
        notReadyBecause: () => reasons(store, content, isDraining),
        status: () => publicStatus(runtime, store, simulator !== undefined),
        ladder: view,
        history: runtime.history,
        changesSince: runtime.recentChanges,
      }),
  });
  await listen(http, config);
  await board.adoptOrphans({ force: store.kind === 'sqlite' });
  await desk.start();
  const stopHousekeeping = startHousekeeping({ store, clock, log });
  const parked = attendParkedQuestions({ conversations, config, snapshot: runtime.ladder.snapshot, log });
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
      stopHousekeeping();
      parked.stop();
      desk.stop();
      http.close();
      await board.drain(forMs);
    },
    async close() {
      feed?.stop();
      watch.stop();
      drills.close();
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

function frameAncestors(config: ServerConfig): string[] {
  const development = config.isLoopback && !config.isProduction ? ['http://localhost:*', 'http://127.0.0.1:*'] : [];
  return ["'self'", ...config.allowedOrigins, ...development];
}
