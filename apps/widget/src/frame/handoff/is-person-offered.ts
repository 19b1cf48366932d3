import type { VisitorSnapshot } from '@stepdown/client';

const OFFERING: readonly unknown[] = ['handoff', 'not-found', 'refused'];

/** True while the last message could not help and no person was asked yet. */
export function isPersonOffered({ messages, handoff }: VisitorSnapshot): boolean {
  return OFFERING.includes(messages.at(-1)?.notice) && canAskPerson(handoff);
}

export function canAskPerson({ state, isRequested }: VisitorSnapshot['handoff']): boolean {
  return !isRequested && state !== 'queued' && state !== 'active';
}
