import { useEffect, useRef, useState } from 'react';

export interface LeaveGuard {
  /** The link somebody followed while text was unsaved; null when nobody is leaving. */
  readonly isLeaving: boolean;
  readonly stay: () => void;
  readonly leave: () => void;
}

/** Stops a click on a link, and asks before the page is closed, while there is unsaved text. */
export function useLeaveGuard(isUnsaved: boolean): LeaveGuard {
  const [link, setLink] = useState<HTMLAnchorElement | null>(null);
  const isAllowed = useRef(false);
  useEffect(() => {
    if (!isUnsaved) return;
    const beforeUnload = (event: BeforeUnloadEvent) => event.preventDefault();
    const click = (event: MouseEvent) => {
      const anchor = event.target instanceof Element ? event.target.closest('a') : null;
      const isElsewhere = anchor === null || anchor.target === '_blank' || anchor.hasAttribute('download');
      if (isElsewhere || isAllowed.current || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
      event.preventDefault();
      event.stopPropagation();
      setLink(anchor);
    };
    window.addEventListener('beforeunload', beforeUnload);
    document.addEventListener('click', click, { capture: true });
    return () => {
      window.removeEventListener('beforeunload', beforeUnload);
      document.removeEventListener('click', click, { capture: true });
    };
  }, [isUnsaved]);
  return {
    isLeaving: link !== null,
    stay: () => setLink(null),
    leave: () => {
      isAllowed.current = true;
      setLink(null);
      link?.click();
    },
  };
}
