import type { VisitorSnapshot } from '@stepdown/client';
import { useEffect, useRef, useState } from 'react';
import type { OfflineFaq } from './offline-faq.ts';
import type { SavedEntry } from './saved-entry.ts';

const SUGGESTION_COUNT = 4;
const NO_ANSWERS: ReadonlyMap<string, SavedEntry> = new Map();

export interface SavedAnswers {
  /** By message key. */
  readonly answers: ReadonlyMap<string, SavedEntry>;
  readonly suggestions: readonly string[];
}

/**
 * After the first connection the team's answers are fetched and kept. When the server is gone, a waiting message gets the
 * one that fits; the message stays in the outbox and is sent as always.
 */
export function useSavedAnswers(snapshot: VisitorSnapshot, locale: string): SavedAnswers {
  const { connection, messages } = snapshot;
  const faq = useOfflineFaq(connection === 'online' || connection === 'offline', locale);
  const [answers, setAnswers] = useState(NO_ANSWERS);
  const tried = useRef(new Set<string>());

  useEffect(() => {
    if (connection !== 'offline' || faq === null) return;
    for (const message of messages) {
      if (message.delivery !== 'waiting' || tried.current.has(message.key)) continue;
      tried.current.add(message.key);
      const entry = faq.match(message.text);
      if (entry) setAnswers((before) => new Map(before).set(message.key, entry));
    }
  }, [connection, faq, messages]);
  return { answers, suggestions: faq?.suggestions ?? [] };
}

function useOfflineFaq(isWanted: boolean, locale: string): OfflineFaq | null {
  const [faq, setFaq] = useState<OfflineFaq | null>(null);
  useEffect(() => {
    if (!isWanted) return;
    let isStale = false;
    import('./offline-faq.ts')
      .then((chunk) => chunk.loadOfflineFaq(locale, SUGGESTION_COUNT))
      .then((loaded) => {
        if (!isStale) setFaq(loaded);
      })
      // Nothing was kept and nobody answers: the chat works without suggestions.
      .catch(() => {});
    return () => {
      isStale = true;
    };
  }, [isWanted, locale]);
  return faq;
}
