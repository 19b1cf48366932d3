import type { Conversation, Message, MessageDelta, Waiting } from '@stepdown/protocol';

/** What a client knows of one conversation. Every change makes a new object; nothing changed returns the same one. */
export interface ConversationState {
  readonly conversation: Conversation | null;
  /** By `seq`. */
  readonly messages: readonly Message[];
  /** Deltas that came before what they follow. */
  readonly held: readonly MessageDelta[];
  /** Messages whose completion was seen: no delta may touch them again. */
  readonly finished: ReadonlySet<string>;
  /** What was last said about the time of waiting (P21). */
  readonly waiting: Partial<Waiting>;
}

export type ConversationEvent =
  | { readonly type: 'opened'; readonly conversation: Conversation | null; readonly messages: readonly Message[] }
  | { readonly type: 'created'; readonly message: Message }
  | { readonly type: 'delta'; readonly delta: MessageDelta }
  | { readonly type: 'completed'; readonly message: Message }
  | { readonly type: 'updated'; readonly message: Message }
  | { readonly type: 'handoff'; readonly handoff: Conversation['handoff']; readonly waiting?: Partial<Waiting> };

export const emptyConversation: ConversationState = { conversation: null, messages: [], held: [], finished: new Set(), waiting: {} };

/** More held deltas than any 60 ms can bring: beyond this the answer of the next `conversation:open` is cheaper. */
const HELD_LIMIT = 500;

/** Applies one event by the wire rules P9–P12, P14 and P15; the order of events does not change where it ends. */
export function reduceConversation(state: ConversationState, event: ConversationEvent): ConversationState {
  switch (event.type) {
    case 'opened':
      return opened(state, event.conversation, event.messages);
    case 'created':
      return findMessage(state, event.message.id) ? state : settleHeld(take(state, event.message));
    case 'completed':
      return settleHeld(finish(take(state, event.message), event.message.id));
    case 'updated':
      return settleHeld(take(state, event.message));
    case 'delta':
      return receiveDelta(state, event.delta);
    case 'handoff':
      return handedOff(state, event.handoff, event.waiting ?? {});
  }
}

function handedOff(state: ConversationState, handoff: Conversation['handoff'], waiting: Partial<Waiting>): ConversationState {
  if (state.conversation === null) return state;
  return { ...state, waiting, conversation: { ...state.conversation, handoff: withEmail(handoff, state.conversation.handoff.email) } };
}

/** The event names place and person, which end with their state; the address stays. */
function withEmail(handoff: Conversation['handoff'], email: string | undefined): Conversation['handoff'] {
  return email === undefined ? handoff : { email, ...handoff };
}

/** True while a delta or a message is missing: wait 60 ms for it, then ask again with `conversation:open`. */
export function hasGap(state: ConversationState): boolean {
  return state.held.length > 0 || state.messages.some((message, index) => message.seq !== index + (state.messages[0]?.seq ?? 1));
}

/**
 * The `afterSeq` to ask with: the last message below the first hole and below the first unfinished answer, so that an
 * answer which went on while we were away is always sent again.
 */
export function resumeSeq(state: ConversationState): number {
  let seq = 0;
  for (const message of state.messages) {
    if (message.seq !== seq + 1 || !isSettled(state, message)) return seq;
    seq = message.seq;
  }
  return seq;
}

/** An answer that broke off and is being replaced by another tier. */
export function isContinuing(state: ConversationState, message: Message): boolean {
  return message.status === 'interrupted' && !state.finished.has(message.id);
}

function isSettled(state: ConversationState, message: Message): boolean {
  return message.author !== 'assistant' || state.finished.has(message.id);
}

function findMessage(state: ConversationState, id: string): Message | undefined {
  return state.messages.find((message) => message.id === id);
}

function opened(state: ConversationState, conversation: Conversation | null, messages: readonly Message[]): ConversationState {
  const isOther = conversation !== null && state.conversation !== null && conversation.id !== state.conversation.id;
  let next: ConversationState = { ...(isOther ? emptyConversation : state), conversation: conversation ?? state.conversation };
  for (const message of messages) {
    next = take(next, message);
    if (message.status === 'complete' || message.status === 'failed') next = finish(next, message.id);
  }
  const settled = settleHeld(next);
  // The server has just said everything it knows, so a delta of an unknown message belongs to no message of ours.
  return { ...settled, held: settled.held.filter((delta) => findMessage(settled, delta.messageId)) };
}

/** Puts a whole message in, unless what we have is further along. */
function take(state: ConversationState, message: Message): ConversationState {
  const known = findMessage(state, message.id);
  if (known && isFurther(known, message)) return state;
  const others = known ? state.messages.filter((other) => other !== known) : state.messages;
  const messages = [...others, message].sort((left, right) => left.seq - right.seq);
  return { ...state, messages };
}

const LIFE = { streaming: 0, interrupted: 1, failed: 2, complete: 2 } as const;

/** Compares two versions of a message: revision first, then stage of life, then, while it streams, length. */
function isFurther(known: Message, offered: Message): boolean {
  if (known.rev !== offered.rev) return known.rev > offered.rev;
  if (LIFE[known.status] !== LIFE[offered.status]) return LIFE[known.status] > LIFE[offered.status];
  return known.status === 'streaming' && known.text.length > offered.text.length;
}

function finish(state: ConversationState, id: string): ConversationState {
  return state.finished.has(id) ? state : { ...state, finished: new Set(state.finished).add(id) };
}

function receiveDelta(state: ConversationState, delta: MessageDelta): ConversationState {
  const step = applyDelta(state, delta);
  if (step === 'dropped') return state;
  if (step === 'early') return { ...state, held: [...state.held, delta].slice(-HELD_LIMIT) };
  return settleHeld(step);
}

/** P10: append at the end, keep only what is new of an overlap, replace at a higher revision, wait above a gap. */
function applyDelta(state: ConversationState, delta: MessageDelta): ConversationState | 'early' | 'dropped' {
  const message = findMessage(state, delta.messageId);
  if (!message) return 'early';
  if (state.finished.has(message.id) || delta.rev < message.rev) return 'dropped';
  if (delta.rev > message.rev) {
    return delta.offset === 0 ? replaceText(state, message, { rev: delta.rev, text: delta.text }) : 'early';
  }
  if (delta.offset > message.text.length) return 'early';
  const isKnown = delta.offset + delta.text.length <= message.text.length;
  if (isKnown || message.status !== 'streaming') return 'dropped';
  return replaceText(state, message, { rev: message.rev, text: message.text.slice(0, delta.offset) + delta.text });
}

function replaceText(state: ConversationState, message: Message, change: { rev: number; text: string }): ConversationState {
  const changed: Message = { ...message, ...change, status: 'streaming' };
  return { ...state, messages: state.messages.map((other) => (other === message ? changed : other)) };
}

/** Tries the held deltas again, lowest first, until none of them fits. */
function settleHeld(state: ConversationState): ConversationState {
  if (state.held.length === 0) return state;
  const waiting = [...state.held].sort((left, right) => left.rev - right.rev || left.offset - right.offset);
  let next: ConversationState = { ...state, held: [] };
  const early: MessageDelta[] = [];
  for (const delta of waiting) {
    const step = applyDelta(next, delta);
    if (step === 'early') early.push(delta);
    else if (step !== 'dropped') next = step;
  }
  return { ...next, held: early };
}
