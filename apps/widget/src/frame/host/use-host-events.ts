import type { VisitorSnapshot } from '@stepdown/client';
import { useEffect, useRef } from 'react';
import type { WidgetContext } from '../context.ts';
import { fill } from '../texts/load-texts.ts';
import type { HostStore } from './host-store.ts';

/** Tells the page what happened: `ready`, `unread`, `message`, `tier`, `handoff`. Texts of the conversation stay in the frame. */
export function useHostEvents(host: HostStore, { texts, emit }: WidgetContext, snapshot: VisitorSnapshot): void {
  const { unreadCount, notice, connection, messages, config } = snapshot;
  const handoff = snapshot.handoff.state;
  const isReady = connection === 'online';
  const arrived = messages.findLast((message) => message.author !== 'visitor' && message.status !== 'streaming');
  const hasMessages = messages.length > 0;
  const arrivedId = arrived?.id;
  const arrivedAuthor = arrived?.author;
  const identity = config?.identity;
  const isOffline = connection === 'offline';
  const lastId = useRef<string | null>(null);

  useEffect(() => {
    const note = unreadCount > 0 ? `. ${fill(texts.unread, { count: unreadCount })}` : '';
    host.post({ name: 'unread', detail: unreadCount, note });
  }, [host, texts, unreadCount]);
  useEffect(() => {
    if (isReady) emit('ready');
  }, [emit, isReady]);
  useEffect(() => {
    // The page learns what kind of answer to expect, never whose model gives it.
    if (notice !== null) emit('tier', { notice });
  }, [emit, notice]);
  useEffect(() => {
    if (isOffline) emit('error', { code: 'unreachable' });
  }, [emit, isOffline]);
  useEffect(() => {
    // Only the page can get a new token.
    if (identity && identity !== 'verified') emit('error', { code: `identity-${identity}` });
  }, [emit, identity]);
  useEffect(() => emit('handoff', { state: handoff }), [emit, handoff]);
  useEffect(() => {
    if (!hasMessages) return;
    const before = lastId.current;
    lastId.current = arrivedId ?? '';
    // What was said in an earlier visit is no news.
    if (before !== null && arrivedId !== undefined && arrivedId !== before) emit('message', { id: arrivedId, author: arrivedAuthor });
  }, [emit, hasMessages, arrivedId, arrivedAuthor]);
}
