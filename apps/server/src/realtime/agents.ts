import {
  addNote,
  assignConversation,
  type ConversationPorts,
  messagesWithLiveText,
  type NewNoteCommand,
  reply,
  resolveConversation,
  returnToAssistant,
  snoozeConversation,
  takeOver,
} from '@stepdown/conversation';
import type { Log } from '@stepdown/kernel';
import type { Ladder } from '@stepdown/ladder';
import { type AgentCommand, type AgentPayload, type AgentProfile, agentCommands } from '@stepdown/protocol';
import type { Namespace, Socket } from 'socket.io';
import { maySend } from '../access/rights.ts';
import { type AccessPorts, agentOfSession, audit } from '../access/sign-in.ts';
import { isSameToken } from '../access/tokens.ts';
import type { Drills } from '../drills.ts';
import { socketTokenOf } from '../http/agent-gate.ts';
import { cookieValue, SESSION_COOKIE } from '../http/cookies.ts';
import type { InboxDesk } from '../inbox/desk.ts';
import { assignable } from '../inbox/team.ts';
import { conflictWords } from '../views/conflict-words.ts';
import { type InboxViewPorts, inboxConversation } from '../views/inbox-view.ts';
import { wireNote } from '../views/note-view.ts';
import { turnTrails } from '../views/turn-view.ts';
import { wireMessage } from '../views/wire.ts';
import { type Answer, invalid, refusal, settle } from './acknowledge.ts';
import type { Limits } from './guard.ts';
import type { Presence } from './presence.ts';
import { agentRoom, conversationRoom } from './rooms.ts';
import { watchSession } from './session-watch.ts';

export interface AgentPorts {
  readonly namespace: Namespace;
  readonly visitorNamespace: Namespace;
  readonly access: AccessPorts;
  readonly conversations: ConversationPorts;
  readonly inbox: InboxViewPorts;
  readonly ladder: Pick<Ladder, 'pin' | 'release'>;
  readonly drills: Pick<Drills, 'start' | 'stop'>;
  readonly presence: Presence;
  readonly limits: Limits;
  readonly desk: Pick<InboxDesk, 'teamMoved'>;
  readonly log: Log;
}

interface AgentContext {
  readonly socket: Socket;
  readonly agent: AgentProfile;
}

const GENERIC = new Error('unauthorized');

/** Serves consoles. The handshake needs a session cookie, an allowed origin and the session's socket token (D09). */
export function serveAgents(ports: AgentPorts): void {
  ports.namespace.use((socket, next) => {
    void authenticate(ports, socket).then(
      (agent) => {
        if (agent === undefined) return next(GENERIC);
        socket.data = { agent };
        return next();
      },
      (cause: unknown) => {
        ports.log.error({ cause }, 'An agent socket could not be checked.');
        next(GENERIC);
      },
    );
  });
  ports.namespace.on('connection', (socket) => connect(ports, { socket, agent: agentOf(socket) }));
}

async function authenticate(ports: AgentPorts, socket: Socket, keepsAlive = true): Promise<AgentProfile | undefined> {
  const sessionToken = cookieValue(socket.handshake.headers.cookie, SESSION_COOKIE);
  const socketToken: unknown = socket.handshake.auth.token;
  if (sessionToken === undefined || typeof socketToken !== 'string') return undefined;
  if (!isSameToken(socketToken, socketTokenOf(sessionToken))) return undefined;
  return (await agentOfSession(ports.access, sessionToken, { keepsAlive }))?.agent;
}

/** Set by the middleware above, before any connection event. */
function agentOf(socket: Socket): AgentProfile {
  return (socket.data as { agent: AgentProfile }).agent;
}

function connect(ports: AgentPorts, context: AgentContext): void {
  const { socket, agent } = context;
  void socket.join(['agents', agentRoom(agent.id)]);
  ports.presence.enter(socket.id, agent);
  socket.on('disconnect', () => ports.presence.leave(socket.id));
  watchSession(ports.access.clock, socket, async () => (await authenticate(ports, socket, false)) !== undefined);
  socket.onAny((name: unknown, ...args: unknown[]) => {
    const acknowledge = args.at(-1);
    if (typeof acknowledge !== 'function') return;
    const payload = args.length > 1 ? args[0] : undefined;
    // The wire also allows numbers as names.
    const event = String(name);
    void settle({ log: ports.log, newErrorId: () => ports.access.newId('evt') }, event, () => execute(ports, context, event, payload)).then(
      (answer) => acknowledge(answer),
    );
  });
}

async function execute(ports: AgentPorts, context: AgentContext, event: string, payload: unknown): Promise<Answer> {
  if (!isAgentCommand(event)) return refusal('invalid', { message: `There is no command "${event.slice(0, 40)}".` });
  const wait = ports.limits.command(context.socket.id);
  if (wait > 0) return refusal('rate_limited', { retryAfterMs: wait });
  // The session may have ended since the handshake: a socket must not outlive it.
  const agent = await authenticate(ports, context.socket);
  if (agent === undefined) {
    context.socket.disconnect(true);
    return refusal('unauthorized', { message: 'Sign in to continue.' });
  }
  if (!maySend(agent.role, event)) return refusal('forbidden');
  const parsed = agentCommands[event].safeParse(payload);
  if (!parsed.success) return invalid(parsed.error);
  // `parsed.data` is the output of this very event's schema, so it fits this event's handler.
  const run = commandHandlers(ports, { ...context, agent })[event] as (data: unknown) => Promise<Answer>;
  return run(parsed.data);
}

function isAgentCommand(event: string): event is AgentCommand {
  return Object.hasOwn(agentCommands, event);
}

type Handlers = { [Name in AgentCommand]: (payload: AgentPayload<Name>) => Promise<Answer> };

function commandHandlers(ports: AgentPorts, { socket, agent }: AgentContext): Handlers {
  const changed = async (result: Awaited<ReturnType<typeof takeOver>>, action: string, detail = ''): Promise<Answer> => {
    if (!result.ok) return refusal(result.error);
    await audit(ports.access, agent, action, result.value.id, detail);
    return { ok: true, conversation: await inboxConversation(ports.inbox, result.value) };
  };
  return {
    'conversation:take': async ({ conversationId }) =>
      changed(await takeOver(ports.conversations, conversationId, agent), 'conversation.taken'),
    'conversation:return': async ({ conversationId }) =>
      changed(await returnToAssistant(ports.conversations, conversationId, agent), 'conversation.returned'),
    'conversation:resolve': async ({ conversationId }) =>
      changed(await resolveConversation(ports.conversations, conversationId, agent), 'conversation.resolved'),
    'conversation:assign': async ({ conversationId, agentId }) => {
      const to = await assignable(ports.access.store, agentId);
      if (to === undefined) return refusal('not_found', { message: 'There is no such agent.' });
      return changed(await assignConversation(ports.conversations, conversationId, { to }), 'conversation.assigned', to.name);
    },
    'conversation:snooze': async ({ conversationId, until }) => {
      if (until <= ports.access.clock.now()) return refusal('invalid', { message: 'until: must be in the future' });
      const snoozed = await snoozeConversation(ports.conversations, { conversationId, until }, agent);
      return changed(snoozed, 'conversation.snoozed', new Date(until).toISOString());
    },
    'conversation:label': async ({ conversationId, add, remove }) => {
      const labels = await ports.access.store.labels.assign(conversationId, { add, remove });
      const conversation = labels && (await ports.access.store.conversations.get(conversationId));
      if (labels === undefined || conversation === undefined) return refusal('not_found');
      ports.conversations.publish({ type: 'conversation.changed', conversation });
      return changed({ ok: true, value: conversation }, 'conversation.labelled', labels.map(({ name }) => name).join(', '));
    },
    'conversation:open': ({ conversationId, afterSeq }) => open(ports, { socket, agent }, conversationId, afterSeq ?? 0),
    'conversation:leave': async () => {
      await leaveConversations(socket);
      ports.presence.viewing(socket.id, agent, undefined);
      return { ok: true };
    },
    'message:send': async (command) => {
      const sent = await reply(ports.conversations, command, agent);
      if (sent.ok) return { ok: true, messageId: sent.value.id, seq: sent.value.seq };
      return sent.error.code === 'conflict' ? refusal('conflict', { message: conflictWords(sent.error) }) : refusal(sent.error.code);
    },
    'note:add': ({ clientMessageId: clientId, ...command }) => noteFor(ports, agent, { ...command, clientId }),
    'agent:status': async ({ isAway }) => {
      await ports.access.store.agents.update(agent.id, { isAway }, ports.access.clock.now());
      ports.presence.setAway(agent.id, isAway);
      await audit(ports.access, agent, isAway ? 'agent.away' : 'agent.back', agent.id);
      ports.desk.teamMoved();
      return { ok: true, isAway };
    },
    typing: async ({ conversationId }) => {
      ports.visitorNamespace.to(conversationRoom(conversationId)).emit('agent:typing', { conversationId, name: agent.name });
      ports.presence.typing(socket.id, conversationId);
      return { ok: true };
    },
    'tier:force': async ({ tier, reason, forMs }) => {
      ports.ladder.pin({ tier, reason, by: agent.name, until: ports.access.clock.now() + forMs });
      await audit(ports.access, agent, 'tier.forced', tier, reason);
      return { ok: true };
    },
    'tier:release': async ({ reason }) => {
      ports.ladder.release(agent.name);
      await audit(ports.access, agent, 'tier.released', '', reason ?? '');
      return { ok: true };
    },
    'drill:start': async (request) => {
      const started = await ports.drills.start(request, agent);
      if (started !== undefined) await audit(ports.access, agent, 'drill.started', request.target, `${request.fault}: ${request.reason}`);
      return started === undefined
        ? refusal('conflict', { message: 'A drill is running already; stop it first.' })
        : { ok: true, ...started };
    },
    'drill:stop': async () => {
      await ports.drills.stop(agent);
      await audit(ports.access, agent, 'drill.stopped', '');
      return { ok: true };
    },
    'alert:acknowledge': async ({ alertId }) => {
      const alert = await ports.access.store.alerts.acknowledge(alertId, agent.name, ports.access.clock.now());
      return alert === undefined ? refusal('not_found', { message: 'This alert is closed already.' }) : { ok: true };
    },
  };
}

/** Agents named in the note are told wherever they are in the console, each once. */
async function noteFor(ports: AgentPorts, agent: AgentProfile, command: NewNoteCommand): Promise<Answer> {
  const accounts = await ports.access.store.agents.list();
  const team = accounts.filter(({ isDisabled }) => !isDisabled);
  const added = await addNote(ports.conversations, command, { agent, team });
  if (!added.ok) return refusal(added.error);
  const { note, isNew } = added.value;
  const rooms = note.mentions.filter((id) => id !== agent.id).map(agentRoom);
  if (isNew && rooms.length > 0) ports.namespace.to(rooms).emit('agent:mentioned', { note: wireNote(note) });
  return { ok: true, noteId: note.id };
}

/** An agent follows one conversation at a time; deltas of another one would look like a gap (P10). */
async function leaveConversations(socket: Socket, but?: string): Promise<void> {
  const kept = but === undefined ? undefined : conversationRoom(but);
  for (const room of socket.rooms) if (room.startsWith(conversationRoom('')) && room !== kept) await socket.leave(room);
}

async function open(ports: AgentPorts, { socket, agent }: AgentContext, conversationId: string, afterSeq: number): Promise<Answer> {
  await leaveConversations(socket, conversationId);
  await socket.join(conversationRoom(conversationId));
  ports.presence.viewing(socket.id, agent, conversationId);
  const { conversations, turns } = ports.access.store;
  const conversation = await conversations.get(conversationId);
  if (conversation === undefined) return refusal('not_found');
  const [view, messages, notes, trails] = await Promise.all([
    inboxConversation(ports.inbox, conversation),
    messagesWithLiveText(ports.conversations, conversationId, afterSeq),
    conversations.notes(conversationId),
    turns.ofConversation(conversationId),
  ]);
  return {
    ok: true,
    conversation: view,
    messages: messages.map(wireMessage),
    turns: turnTrails(trails),
    notes: notes.map(wireNote),
  } satisfies Answer;
}
