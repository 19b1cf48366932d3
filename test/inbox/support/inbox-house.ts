import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { InboxConversation, InboxPage, Role } from '@stepdown/protocol';
import type { Simulator } from '@stepdown/simulator';
import type { Socket } from 'socket.io-client';
import { type AgentAccess, addAgent, type CallOptions, call, openConsole, setUpAdmin } from '../../security/support/agents.ts';
import { newAddress } from '../../security/support/proxy-address.ts';
import { startSimulated } from '../../security/support/simulated-server.ts';
import type { TestServer } from '../../support/server.ts';
import { connectVisitor, type RawVisitor } from '../../support/visitor.ts';

export interface Console {
  readonly access: AgentAccess;
  readonly id: string;
  readonly socket: Socket;
  /** Every event in the order it came. */
  readonly events: readonly { readonly name: string; readonly payload: unknown }[];
  send(event: string, payload: object): Promise<AgentAnswer>;
  /** The first event for which `accept` holds, seen already or to come. */
  until<Payload>(event: string, accept?: (payload: Payload) => boolean): Promise<Payload>;
}

export interface AgentAnswer {
  readonly ok: boolean;
  readonly error?: { readonly code: string; readonly message: string };
  readonly conversation?: InboxConversation;
  readonly [field: string]: unknown;
}

export interface WaitingVisitor {
  readonly visitor: RawVisitor;
  readonly conversationId: string;
}

export interface InboxHouse {
  readonly server: TestServer;
  readonly simulator: Simulator;
  readonly admin: AgentAccess;
  agent(name: string, role?: Role): Promise<Console>;
  /** A visitor who has asked something. */
  asking(text?: string): Promise<WaitingVisitor>;
  /** A visitor who has asked, and then asked for a person. */
  waiting(options?: { readonly text?: string; readonly email?: string }): Promise<WaitingVisitor>;
  get<Answer>(route: string, as?: AgentAccess): Promise<Answer>;
  post<Answer>(route: string, body: unknown, as?: AgentAccess): Promise<Answer>;
  request(method: string, route: string, options?: CallOptions): Promise<Response>;
  inbox(query: string, as?: AgentAccess): Promise<InboxPage>;
  stop(): Promise<void>;
}

export interface InboxHouseOptions {
  /** What `stepdown.config.ts` says. */
  readonly config?: object;
  readonly env?: Readonly<Record<string, string>>;
  /** Default: none, so that the FAQ answers at once. */
  readonly tiers?: readonly ('claude' | 'gpt')[];
  readonly pace?: { readonly firstTokenMs?: number; readonly tokenGapMs?: number };
}

const PATIENCE_MS = 15_000;
let counter = 0;

/** The running program with an admin, ready for agents and visitors; each visitor comes from an address of its own. */
export async function openInboxHouse({ config = {}, env = {}, tiers = [], pace }: InboxHouseOptions = {}): Promise<InboxHouse> {
  const folder = mkdtempSync(path.join(tmpdir(), 'stepdown-config-'));
  const file = path.join(folder, 'stepdown.config.mjs');
  writeFileSync(file, `export default ${JSON.stringify({ siteName: 'Birchkettle', ...config })};\n`);
  const { server, simulator, stop } = await startSimulated({
    tiers,
    env: { STEPDOWN_CONFIG: file, STEPDOWN_SIMULATE: 'off', ...env },
    ...(pace === undefined ? {} : { pace }),
  });
  const admin = await setUpAdmin(server);
  const sockets: { close(): void }[] = [];

  async function asking(text = 'How long do I have to return something I bought?'): Promise<WaitingVisitor> {
    const visitor = await connectVisitor(server.url, { headers: newAddress() });
    sockets.push(visitor);
    counter += 1;
    const sent = await visitor.send('message:send', { clientMessageId: `ask-${counter}`, text, locale: 'en' });
    if (!sent.ok) throw new Error(sent.error.message);
    return { visitor, conversationId: sent.conversationId };
  }

  async function post<Answer>(route: string, body: unknown, as: AgentAccess = admin): Promise<Answer> {
    return (await call(server, 'POST', route, { as, body })).json() as Promise<Answer>;
  }

  async function get<Answer>(route: string, as: AgentAccess = admin): Promise<Answer> {
    return (await call(server, 'GET', route, { as })).json() as Promise<Answer>;
  }

  return {
    server,
    simulator,
    admin,
    asking,
    post,
    get,
    inbox: (query, as) => get<InboxPage>(`/api/agent/inbox?${query}`, as),
    request: (method, route, options = {}) => call(server, method, route, { as: admin, ...options }),
    async agent(name, role = 'agent') {
      const access = await addAgent(server, admin, role, `${name.toLowerCase().replaceAll(' ', '.')}@shop.example`, name);
      const opened = consoleOf(await openConsole(server, access), access);
      sockets.push(opened.socket);
      return opened;
    },
    async waiting({ text, email } = {}) {
      const asked = await asking(text);
      await asked.visitor.completed();
      const requested = await asked.visitor.send('handoff:request', {
        conversationId: asked.conversationId,
        ...(email === undefined ? {} : { email }),
      });
      if (!requested.ok) throw new Error(requested.error.message);
      return asked;
    },
    async stop() {
      for (const socket of sockets) socket.close();
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function consoleOf(socket: Socket, access: AgentAccess): Console {
  const events: { name: string; payload: unknown }[] = [];
  const watchers = new Set<() => void>();
  socket.onAny((name: string, payload: unknown) => {
    events.push({ name, payload });
    for (const watcher of watchers) watcher();
  });
  return {
    access,
    id: access.session.agent.id,
    socket,
    events,
    send: (event, payload) => socket.timeout(PATIENCE_MS).emitWithAck(event, payload),
    until<Payload>(event: string, accept: (payload: Payload) => boolean = () => true) {
      return new Promise<Payload>((resolve, reject) => {
        const look = (): void => {
          // What an event carries is fixed by its name (packages/protocol).
          const found = events.find(({ name, payload }) => name === event && accept(payload as Payload));
          if (found === undefined) return;
          clearTimeout(timer);
          watchers.delete(look);
          resolve(found.payload as Payload);
        };
        const timer = setTimeout(() => {
          watchers.delete(look);
          reject(new Error(`No "${event}" in ${PATIENCE_MS} ms; seen: ${events.map(({ name }) => name).join(' ')}`));
        }, PATIENCE_MS);
        watchers.add(look);
        look();
      });
    },
  };
}
