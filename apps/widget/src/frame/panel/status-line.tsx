import type { VisitorSnapshot } from '@stepdown/client';
import { withoutInvisible } from '@stepdown/client/markdown';
import type { Notice } from '@stepdown/protocol';
import { type ReactNode, useEffect, useState } from 'react';
import type { Texts } from '../../locales/texts.ts';
import { useWidget } from '../context.ts';
import { fill } from '../texts/load-texts.ts';
import styles from './status-line.module.css';

const BACK_SHOWN_MS = 8_000;

/** One quiet line about what the visitor can do now. It is read once when it changes, and never as an alarm. */
export function StatusLine({ snapshot }: { readonly snapshot: VisitorSnapshot }) {
  const { texts } = useWidget();
  const isBack = useIsBack(snapshot.notice);
  const line = connectionLine(snapshot, texts) ?? noticeLine(snapshot, texts) ?? (isBack ? texts.back : null);
  const person = personLine(snapshot, texts);
  return (
    <div role="status" className={styles.status}>
      {line !== null && <p className={styles.line}>{line}</p>}
      {/* Seen in the conversation and in the header already. */}
      {line === null && person !== null && <p className="unseen">{person}</p>}
    </div>
  );
}

function connectionLine({ connection, config }: VisitorSnapshot, texts: Texts): ReactNode {
  if (connection === 'reconnecting') return texts.reconnecting;
  if (connection !== 'offline') return null;
  const address = config?.fallbackEmail ?? fallbackAddress();
  if (address === null) return texts.offline;
  const [before, after] = texts.offlineEmail.split('{address}');
  return (
    <>
      {texts.offline} {before}
      <a href={`mailto:${address}`}>{address}</a>
      {after}
    </>
  );
}

/** The server writes it into the page of the frame, so that it is known before the first connection. */
function fallbackAddress(): string | null {
  const address = document.querySelector('meta[name="stepdown-fallback-email"]')?.getAttribute('content');
  return address || null;
}

function noticeLine({ notice, handoff, connection }: VisitorSnapshot, texts: Texts): string | null {
  if (handoff.isRequested && connection !== 'online') return texts.requested;
  if (handoff.state === 'active') return null;
  if (notice === 'slow') return texts.slow;
  return notice === 'faq' || notice === 'handoff' ? texts.faq : null;
}

function personLine({ handoff }: VisitorSnapshot, texts: Texts): string | null {
  if (handoff.state !== 'active' || handoff.agent === undefined) return null;
  return fill(texts.person, { name: withoutInvisible(handoff.agent) });
}

/** True for a moment after the assistant returned from an outage. */
function useIsBack(notice: Notice | null): boolean {
  const [last, setLast] = useState(notice);
  const [isBack, setIsBack] = useState(false);
  if (notice !== last) {
    setLast(notice);
    setIsBack(notice === 'ai' && (last === 'faq' || last === 'handoff'));
  }
  useEffect(() => {
    if (!isBack) return;
    const timer = setTimeout(() => setIsBack(false), BACK_SHOWN_MS);
    return () => clearTimeout(timer);
  }, [isBack]);
  return isBack;
}
