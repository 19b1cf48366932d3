import type { MessageView } from '@stepdown/client';
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';

/** Closer than this to the end counts as reading along. */
const NEAR_PX = 48;

/** Follows what arrives while the visitor reads at the end, and after they sent something; never pulls them down otherwise. */
export function useStickToEnd(messages: readonly MessageView[]): {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly isAtEnd: boolean;
  readonly goToEnd: () => void;
} {
  const scroller = useRef<HTMLDivElement>(null);
  const isFollowing = useRef(true);
  const [isAtEnd, setIsAtEnd] = useState(true);
  const hasMessages = messages.length > 0;
  const sentCount = messages.filter((message) => message.author === 'visitor').length;
  const lastSentCount = useRef(sentCount);

  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const look = () => {
      isFollowing.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_PX;
      setIsAtEnd(isFollowing.current);
    };
    element.addEventListener('scroll', look, { passive: true });
    return () => element.removeEventListener('scroll', look);
  }, []);

  // After every render: cards, notices and replaced texts change the height as much as messages do.
  useLayoutEffect(() => {
    if (sentCount > lastSentCount.current) isFollowing.current = true;
    lastSentCount.current = sentCount;
    const element = scroller.current;
    if (element && isFollowing.current && hasMessages) element.scrollTop = element.scrollHeight;
  });

  const goToEnd = () => {
    scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
  };
  return { scroller, isAtEnd, goToEnd };
}
