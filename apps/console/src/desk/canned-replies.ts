import type { StoragePort } from '@stepdown/client/agent';

export interface CannedReply {
  readonly shortcut: string;
  readonly text: string;
}

const KEY = 'console:canned';

/** `{name}` becomes the customer's name, `{agent}` the agent's. */
export const DEFAULT_REPLIES: readonly CannedReply[] = [
  { shortcut: 'hello', text: 'Hi {name}, this is {agent}. I’m reading what you wrote and will answer in a moment.' },
  { shortcut: 'order', text: 'Could you send me your order number? You find it in your confirmation e-mail.' },
  { shortcut: 'wait', text: 'Let me check that for you. It takes a few minutes; you can leave this window open or come back later.' },
  { shortcut: 'sorry', text: 'I’m sorry about this. Let me put it right.' },
  { shortcut: 'anything', text: 'Is there anything else I can do for you?' },
  { shortcut: 'bye', text: 'Thanks for writing to us, {name}. If something comes up, just answer here.' },
];

/** This device's own replies, or the ones everybody starts with. */
export function readReplies(storage: StoragePort): readonly CannedReply[] {
  try {
    const value: unknown = JSON.parse(storage.get(KEY) ?? 'null');
    return Array.isArray(value) ? value.filter(isReply) : DEFAULT_REPLIES;
  } catch {
    return DEFAULT_REPLIES;
  }
}

export function keepReplies(storage: StoragePort, replies: readonly CannedReply[]): void {
  storage.set(KEY, JSON.stringify(replies));
}

/** Those whose shortcut begins with what was typed after `/`, then those that hold it anywhere. */
export function findReplies(replies: readonly CannedReply[], typed: string): readonly CannedReply[] {
  const wanted = typed.toLowerCase();
  const begins = replies.filter(({ shortcut }) => shortcut.toLowerCase().startsWith(wanted));
  const holds = replies.filter((reply) => !begins.includes(reply) && `${reply.shortcut} ${reply.text}`.toLowerCase().includes(wanted));
  return [...begins, ...holds];
}

/** Puts the names in; without a name the greeting stays whole: "Hi {name}," becomes "Hi,". */
export function fillReply(text: string, names: { readonly name: string | null; readonly agent: string }): string {
  const named = names.name === null ? text.replace(/,? ?\{name\}/g, '') : text.replaceAll('{name}', names.name);
  return named.replaceAll('{agent}', names.agent);
}

function isReply(value: unknown): value is CannedReply {
  return (
    typeof value === 'object' &&
    value !== null &&
    'shortcut' in value &&
    'text' in value &&
    typeof value.shortcut === 'string' &&
    typeof value.text === 'string'
  );
}
