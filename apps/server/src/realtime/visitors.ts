import {
  type DeferPorts,
  deferQuestion,
  openForVisitor,
  rateConversation,
  rateMessage,
  receiveMessage,
  requestHandoff,
  stopAnswer,
  withdrawQuestion,
} from '@stepdown/conversation';
import type { Log, TierId } from '@stepdown/kernel';
import {
  type SessionReady,
  type VisitorCommand,
  type VisitorPayload,
  visitorCommands,
  visitorHandshakeSchema,
  type Waiting,
} from '@stepdown/protocol';
import type { Visitor } from '@stepdown/store';
import type { Namespace, Socket } from 'socket.io';
import type { AddressOf } from '../access/addresses.ts';
import { noticeOf } from '../views/notice.ts';
import { wireConversation, wireMessage } from '../views/wire.ts';
import { type Answer, answerOf, invalid, refusal, settle } from './acknowledge.ts';
import { CONNECTIONS_PER_VISITOR, createSeats, createTurnstile, type Limits, type Seats } from './guard.ts';
import { type RecognisePorts, recognise } from './recognise.ts';
import { agentRoom, conversationRoom, visitorRoom } from './rooms.ts';

export interface VisitorPorts extends RecognisePorts {
  readonly agentNamespace: Namespace;
  readonly conversations: DeferPorts;
  readonly limits: Limits;
  readonly addressOf: AddressOf;
  readonly log: Log;
  readonly tier: () => TierId;
  readonly isDraining: () => boolean;
  readonly waitingOf: (conversationId: string) => Promise<Waiting>;
  readonly agentName: (agentId: string) => Promise<string | undefined>;
  readonly config: Omit<SessionReady['config'], 'conversationId' | 'identity'>;
}

interface Session {
  readonly visitor: Visitor;
  readonly handshake: ReturnType<typeof visitorHandshakeSchema.parse>;
  readonly address: string;
}

/** Serves widgets: one connection is one visitor, known by a token that only travels in the handshake. */
export function serveVisitors(ports: VisitorPorts): void {
  const visitorSeats = createSeats(CONNECTIONS_PER_VISITOR);
  const inTurn = createTurnstile();
  ports.namespace.on('connection', (socket) => {
    void welcome({ ...ports, visitorSeats, inTurn }, socket).catch((cause: unknown) => {
      ports.log.error({ cause }, 'A visitor could not be welcomed.');
      socket.disconnect(true);
    });
  });
}

interface Desk extends VisitorPorts {
  readonly visitorSeats: Seats;
  /**
   * Messages of one visitor are stored one after the other: in the order they were written, and the same one that
   * comes twice at the same moment finds itself stored already (D17).
   */
  readonly inTurn: ReturnType<typeof createTurnstile>;
}

async function welcome(ports: Desk, socket: Socket): Promise<void> {
  const early = holdEarlyCommands(socket);
  const handshake = visitorHandshakeSchema.safeParse(socket.handshake.auth);
  const address = ports.addressOf(socket.request);
  if (!handshake.success || ports.isDraining()) return void socket.disconnect(true);
  const { visitor, token, identity } = await recognise(ports, handshake.data);
  if (!ports.visitorSeats.hasRoom(visitor.id)) return void socket.disconnect(true);
  const leave = ports.visitorSeats.take(visitor.id);
  // It may have left while its visitor was looked up; then no disconnect comes any more.
  if (!socket.connected) return leave();
  socket.on('disconnect', leave);
  const latest = await ports.store.conversations.latestOfVisitor(visitor.id);
  await socket.join([visitorRoom(visitor.id), ...(latest === undefined ? [] : [conversationRoom(latest.id)])]);
  const tier = ports.tier();
  const ready: SessionReady = {
    token,
    visitorId: visitor.id,
    tier,
    notice: noticeOf(tier),
    config: { ...ports.config, conversationId: latest?.id ?? null, ...(identity !== undefined && { identity }) },
  };
  socket.emit('session:ready', ready);
  early.release((event, args) => void dispatch(ports, socket, { visitor, handshake: handshake.data, address }, event, args));
}

/** Commands sent right after connecting wait until the visitor is known; else they would be lost. */
function holdEarlyCommands(socket: Socket): { release(take: (event: string, args: unknown[]) => void): void } {
  const held: [string, unknown[]][] = [];
  let take: ((event: string, args: unknown[]) => void) | undefined;
  socket.onAny((name: unknown, ...args: unknown[]) => {
    // The wire also allows numbers as names.
    const event = String(name);
    if (take !== undefined) take(event, args);
    else if (held.length < 50) held.push([event, args]);
  });
  return {
    release(next) {
      take = next;
      for (const [event, args] of held) next(event, args);
      held.length = 0;
    },
  };
}

async function dispatch(ports: Desk, socket: Socket, session: Session, event: string, args: unknown[]): Promise<void> {
  const acknowledge = args.at(-1);
  if (typeof acknowledge !== 'function') return;
  const payload = args.length > 1 ? args[0] : undefined;
  const answer = await settle({ log: ports.log, newErrorId: () => ports.conversations.newId('evt') }, event, () =>
    execute(ports, socket, session, event, payload),
  );
  acknowledge(answer);
}

function execute(ports: Desk, socket: Socket, session: Session, event: string, payload: unknown): Promise<Answer> | Answer {
  if (!isVisitorCommand(event)) return refusal('invalid', { message: `There is no command "${event.slice(0, 40)}".` });
  const wait = ports.limits.command(socket.id);
  if (wait > 0) return refusal('rate_limited', { message: 'Too many commands.', retryAfterMs: wait });
  const parsed = visitorCommands[event].safeParse(payload);
  if (!parsed.success) return invalid(parsed.error);
  const handlers = commandHandlers(ports, session);
  // `parsed.data` is the output of this very event's schema, so it fits this event's handler.
  const run = handlers[event] as (data: unknown) => Promise<Answer> | Answer;
  return run(parsed.data);
}

function isVisitorCommand(event: string): event is VisitorCommand {
  return Object.hasOwn(visitorCommands, event);
}

type Handlers = { [Name in VisitorCommand]: (payload: VisitorPayload<Name>) => Promise<Answer> | Answer };

function commandHandlers(ports: Desk, { visitor, handshake, address }: Session): Handlers {
  const visitorId = visitor.id;
  return {
    'conversation:open': async ({ conversationId, afterSeq }) => {
      if (conversationId !== undefined) await joinOwn(ports, visitorId, conversationId);
      const opened = await openForVisitor(ports.conversations, { visitorId, conversationId, afterSeq: afterSeq ?? 0 });
      if (!opened.ok) return refusal(opened.error);
      const { conversation, messages, position } = opened.value;
      const agentName = conversation?.agentId === undefined ? undefined : await ports.agentName(conversation.agentId);
      return {
        ok: true,
        conversation: conversation === undefined ? null : wireConversation(conversation, { position, agentName }),
        messages: messages.map(wireMessage),
        tier: ports.tier(),
      };
    },
    'message:send': async (payload) => {
      if (ports.isDraining()) return refusal('unavailable', { retryAfterMs: 1_000 });
      const wait = ports.limits.message(visitorId, address);
      if (wait > 0) return refusal('rate_limited', { message: 'That was fast. Sending again in a moment.', retryAfterMs: wait });
      const received = await ports.inTurn(visitorId, () =>
        receiveMessage(ports.conversations, {
          visitorId,
          site: handshake.site,
          locale: payload.locale ?? handshake.locale ?? ports.config.locale,
          conversationId: payload.conversationId,
          clientMessageId: payload.clientMessageId,
          text: payload.text,
          choiceId: payload.choiceId,
          pageUrl: handshake.page?.url,
          pageTitle: handshake.page?.title,
        }),
      );
      return answerOf(received, ({ message }) => ({ conversationId: message.conversationId, messageId: message.id, seq: message.seq }));
    },
    'handoff:request': async ({ conversationId, email, note }) => {
      const wait = note === undefined ? 0 : ports.limits.message(visitorId, address);
      if (wait > 0) return refusal('rate_limited', { message: 'That was fast. Sending again in a moment.', retryAfterMs: wait });
      const requested = await requestHandoff(ports.conversations, { visitorId, conversationId, email, note });
      if (!requested.ok) return refusal(requested.error);
      return { ok: true, position: requested.value.position, ...(await ports.waitingOf(conversationId)) };
    },
    'question:defer': async (payload) =>
      answerOf(await deferQuestion(ports.conversations, { visitorId, ...payload }), ({ isDeferred }) => ({ deferred: isDeferred })),
    'question:withdraw': async (payload) =>
      answerOf(await withdrawQuestion(ports.conversations, { visitorId, ...payload }), ({ isWithdrawn }) => ({ withdrawn: isWithdrawn })),
    'message:rate': async ({ messageId, rating, comment }) =>
      answerOf(await rateMessage(ports.conversations, { visitorId, messageId, rating, comment }), () => ({})),
    'conversation:rate': async ({ conversationId, score, comment }) =>
      answerOf(await rateConversation(ports.conversations, { visitorId, conversationId, score, comment }), () => ({})),
    'answer:stop': async ({ messageId }) => answerOf(await stopAnswer(ports.conversations, { visitorId, messageId }), () => ({})),
    typing: async ({ conversationId }) => {
      const isKnown = conversationId === undefined || (await tellAgents(ports, visitorId, conversationId));
      return isKnown ? { ok: true } : refusal('not_found');
    },
  };
}

/** Join first, read after: what happens in between arrives twice, and P10 makes that harmless (P14). */
async function joinOwn(ports: VisitorPorts, visitorId: string, conversationId: string): Promise<void> {
  const conversation = await ports.store.conversations.get(conversationId);
  if (conversation?.visitorId === visitorId) ports.namespace.in(visitorRoom(visitorId)).socketsJoin(conversationRoom(conversationId));
}

/** False when the visitor has no such conversation (P3). */
async function tellAgents(ports: VisitorPorts, visitorId: string, conversationId: string): Promise<boolean> {
  const conversation = await ports.store.conversations.get(conversationId);
  if (conversation?.visitorId !== visitorId) return false;
  const room = conversation.agentId === undefined ? conversationRoom(conversationId) : agentRoom(conversation.agentId);
  ports.agentNamespace.to(room).emit('visitor:typing', { conversationId });
  return true;
}
