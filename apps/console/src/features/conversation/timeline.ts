import type { OutgoingReply } from '@stepdown/client/agent';
import type { Message, Note, TurnTrail } from '@stepdown/protocol';
import { dayWords } from '../../desk/times.ts';

export type TimelineItem =
  | { readonly kind: 'day'; readonly key: string; readonly label: string }
  | {
      readonly kind: 'message';
      readonly key: string;
      readonly message: Message;
      readonly isFirst: boolean;
      readonly trail: TurnTrail | null;
    }
  | { readonly kind: 'note'; readonly key: string; readonly note: Note }
  | { readonly kind: 'outgoing'; readonly key: string; readonly reply: OutgoingReply };

export interface TimelineParts {
  readonly messages: readonly Message[];
  readonly notes: readonly Note[];
  readonly turns: readonly TurnTrail[];
  readonly outgoing: readonly OutgoingReply[];
}

/** Messages of one author closer than this stand under one name. */
const SAME_BREATH_MS = 5 * 60_000;

/** Everything of a conversation in the order it happened: messages by `seq`, notes by their time in between. */
export function buildTimeline({ messages, notes, turns, outgoing }: TimelineParts, now: number): readonly TimelineItem[] {
  const trails = new Map(turns.flatMap((turn) => (turn.answerMessageId === null ? [] : [[turn.answerMessageId, turn] as const])));
  const items: TimelineItem[] = [];
  const waiting = [...notes].sort((left, right) => left.createdAt - right.createdAt);
  let day = '';
  let last: Message | null = null;
  const enterDay = (at: number) => {
    const label = dayWords(at, now);
    if (label === day) return;
    day = label;
    last = null;
    items.push({ kind: 'day', key: `day-${label}`, label });
  };
  const addNotesBefore = (at: number) => {
    for (let note = waiting[0]; note !== undefined && note.createdAt < at; note = waiting[0]) {
      waiting.shift();
      enterDay(note.createdAt);
      items.push({ kind: 'note', key: note.id, note });
      last = null;
    }
  };
  for (const message of messages) {
    addNotesBefore(message.createdAt);
    enterDay(message.createdAt);
    const isFirst = !isSameBreath(last, message);
    items.push({ kind: 'message', key: message.clientMessageId ?? message.id, message, isFirst, trail: trails.get(message.id) ?? null });
    last = message;
  }
  addNotesBefore(Number.POSITIVE_INFINITY);
  return [...items, ...outgoing.map((reply) => ({ kind: 'outgoing', key: reply.clientMessageId, reply }) as const)];
}

function isSameBreath(before: Message | null, message: Message): boolean {
  return (
    before !== null &&
    before.author === message.author &&
    before.authorName === message.authorName &&
    before.tier === message.tier &&
    message.createdAt - before.createdAt < SAME_BREATH_MS
  );
}
