import type { DeskView } from '@stepdown/client/agent';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { fullTime, timeOfDay } from '../../desk/times.ts';
import { NoteIcon } from '../../parts/icons.tsx';
import { Markdown } from '../../parts/markdown.tsx';
import { visitorName } from '../../parts/visitor-name.ts';
import styles from './conversation.module.css';
import items from './message-item.module.css';
import { Dots, MessageItem } from './message-item.tsx';
import { OutgoingItem } from './outgoing-item.tsx';
import { buildTimeline, type TimelineItem } from './timeline.ts';

/** Within this many pixels of the end, new text is followed. */
const NEAR_END_PX = 60;

/** The history; follows new text at the end and nowhere else. */
export function MessageList({ desk, agentName }: { readonly desk: DeskView; readonly agentName: string }) {
  const { messages, notes, turns, outgoing } = desk;
  const timeline = useMemo(() => buildTimeline({ messages, notes, turns, outgoing }, Date.now()), [messages, notes, turns, outgoing]);
  const scroller = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const [isBehind, setBehind] = useState(false);

  const toEnd = () => {
    const element = scroller.current;
    if (element) element.scrollTop = element.scrollHeight;
  };
  // Every change of what is shown may have moved the end.
  useLayoutEffect(() => {
    if (isAtEnd.current) toEnd();
    else setBehind(true);
  }, [timeline, desk.isVisitorTyping]);
  useEffect(() => {
    const element = scroller.current;
    if (!element || typeof ResizeObserver === 'undefined') return;
    const observer = new ResizeObserver(() => {
      if (isAtEnd.current) element.scrollTop = element.scrollHeight;
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const scrolled = () => {
    const element = scroller.current;
    if (!element) return;
    isAtEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END_PX;
    if (isAtEnd.current) setBehind(false);
  };

  return (
    <div className={styles.history}>
      {/* A scrollable region has to be reachable by keyboard. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: see above */}
      <div ref={scroller} className={styles.scroller} onScroll={scrolled} tabIndex={0} role="log" aria-live="off" aria-label="Messages">
        <ol className={styles.messages}>
          {timeline.map((item) => (
            <Item key={item.key} item={item} desk={desk} agentName={agentName} />
          ))}
          {desk.isVisitorTyping && (
            <li className={items.item} data-author="visitor">
              <div className={items.bubble}>
                <Dots />
                <span className="visually-hidden">The customer is typing</span>
              </div>
            </li>
          )}
        </ol>
      </div>
      {isBehind && (
        <button
          type="button"
          className={styles['to-end']}
          onClick={() => {
            isAtEnd.current = true;
            toEnd();
            setBehind(false);
          }}
        >
          New below ↓
        </button>
      )}
    </div>
  );
}

function Item({ item, desk, agentName }: { readonly item: TimelineItem; readonly desk: DeskView; readonly agentName: string }) {
  switch (item.kind) {
    case 'day':
      return <li className={items.day}>{item.label}</li>;
    case 'note':
      return (
        <li className={items.note}>
          <header>
            <NoteIcon size={14} />
            <span dir="auto">Note by {item.note.authorName}, for the team only</span>
            <time dateTime={new Date(item.note.createdAt).toISOString()} title={fullTime(item.note.createdAt)}>
              {timeOfDay(item.note.createdAt)}
            </time>
          </header>
          <Markdown text={item.note.text} />
        </li>
      );
    case 'outgoing':
      return <OutgoingItem reply={item.reply} conversationId={desk.conversationId} />;
    case 'message':
      return (
        <MessageItem
          message={item.message}
          isFirst={item.isFirst}
          trail={item.trail}
          visitorName={desk.conversation === null ? 'Visitor' : visitorName(desk.conversation)}
          isMine={item.message.author === 'agent' && item.message.authorName === agentName}
          isContinuing={isContinuing(desk, item)}
        />
      );
  }
}

/** An answer that broke off is continued only while its turn runs and nobody has taken the conversation. */
function isContinuing(desk: DeskView, { message, trail }: Extract<TimelineItem, { kind: 'message' }>): boolean {
  return desk.continuingIds.has(message.id) && (trail?.endedAt ?? null) === null && desk.conversation?.agentId === null;
}
