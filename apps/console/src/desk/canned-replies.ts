import type { StoragePort } from '@stepdown/client/agent';
import type { CannedReply } from '@stepdown/protocol';

/** What stands in for the placeholders of a saved reply; null is not known. */
export interface ReplyNames {
  readonly name: string | null;
  readonly email: string | null;
  readonly agent: string;
  readonly site: string | null;
}

export interface StarterReply {
  readonly shortcut: string;
  readonly text: string;
}

/** Where earlier versions kept the replies of one device. */
const KEY = 'console:canned';

const STARTERS: readonly StarterReply[] = [
  { shortcut: 'hello', text: 'Hi {name}, this is {agent}. I’m reading what you wrote and will answer in a moment.' },
  { shortcut: 'order', text: 'Could you send me your order number? You find it in your confirmation e-mail.' },
  { shortcut: 'wait', text: 'Let me check that for you. It takes a few minutes; you can leave this window open or come back later.' },
  { shortcut: 'sorry', text: 'I’m sorry about this. Let me put it right.' },
  {
    shortcut: 'outage',
    text: 'Sorry for the wait. Our assistant was not available for a while and is back now. Do you still need help with this?',
  },
  { shortcut: 'bye', text: 'Thanks for writing to us, {name}. If something comes up, just answer here.' },
];

/** What a team without saved replies can begin with: those this device has kept, or the ones everybody starts with. */
export function starterReplies(storage: StoragePort): readonly StarterReply[] {
  try {
    const value: unknown = JSON.parse(storage.get(KEY) ?? 'null');
    const kept = Array.isArray(value) ? value.filter(isReply) : [];
    return kept.length > 0 ? kept : STARTERS;
  } catch {
    return STARTERS;
  }
}

/** One for each shortcut: in the customer's language, else in its main language, else the one for every language. */
export function repliesFor(replies: readonly CannedReply[], locale: string | null): readonly CannedReply[] {
  const wanted = locale === null ? [null] : [locale, locale.split('-')[0] ?? locale, null];
  const best = new Map<string, CannedReply>();
  for (const reply of replies) {
    const known = best.get(reply.shortcut);
    const rank = wanted.indexOf(reply.locale);
    if (rank !== -1 && (known === undefined || rank < wanted.indexOf(known.locale))) best.set(reply.shortcut, reply);
  }
  return [...best.values()];
}

/** Those whose shortcut begins with what was typed after `/`, then those that hold it anywhere. */
export function findReplies(replies: readonly CannedReply[], typed: string): readonly CannedReply[] {
  const wanted = typed.toLowerCase();
  const begins = replies.filter(({ shortcut }) => shortcut.toLowerCase().startsWith(wanted));
  const holds = replies.filter((reply) => !begins.includes(reply) && `${reply.shortcut} ${reply.text}`.toLowerCase().includes(wanted));
  return [...begins, ...holds];
}

/** With the comma and the space before it, so that without a name "Hi {name}," becomes "Hi,". */
const PLACEHOLDER = /(,? ?)\{(name|email|agent|site)(?:\|([^{}|]*))?\}/g;

/** Puts in what is known; `{name|there}` says what to write when it is not. */
export function fillReply(text: string, names: ReplyNames): string {
  return text.replace(PLACEHOLDER, (_whole, before: string, key: keyof ReplyNames, otherwise: string | undefined) => {
    const value = names[key] ?? otherwise;
    return value === undefined ? '' : before + value;
  });
}

function isReply(value: unknown): value is StarterReply {
  return (
    typeof value === 'object' &&
    value !== null &&
    'shortcut' in value &&
    'text' in value &&
    typeof value.shortcut === 'string' &&
    typeof value.text === 'string'
  );
}
