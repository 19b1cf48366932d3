import type { MessageView } from '@stepdown/client';
import { type RefObject, useLayoutEffect, useRef } from 'react';

/** While another tier replaces a text, its bubble keeps the height it had, so that nothing below jumps. */
export function useSteadyHeight({ rev, status }: MessageView): RefObject<HTMLDivElement | null> {
  const bubble = useRef<HTMLDivElement>(null);
  const before = useRef({ rev, height: 0 });
  useLayoutEffect(() => {
    const element = bubble.current;
    if (!element) return;
    if (status !== 'streaming' && status !== 'interrupted') element.style.minHeight = '';
    else if (rev !== before.current.rev) element.style.minHeight = `${before.current.height}px`;
    before.current = { rev, height: element.offsetHeight };
  });
  return bubble;
}
