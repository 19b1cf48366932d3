import type { FaqList } from '@stepdown/protocol';
import { createContext, type ReactNode, use, useEffect } from 'react';
import { useFaq } from './use-faq.ts';
import { type Reading, useRead } from './use-read.ts';

/** A file that is saved on disk is live within a second; the console should say so soon after. */
const EVERY_MS = 3_000;

const PulseContext = createContext<Reading<FaqList> | null>(null);

/** What concerns the FAQ as a whole: problems, conflicts, languages. Read again and again while somebody looks. */
export function PulseProvider({ children }: { readonly children: ReactNode }) {
  const faq = useFaq();
  const pulse = useRead('pulse', () => faq.list({ limit: 1 }));
  const { reload } = pulse;
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === 'visible') void reload();
    };
    const timer = window.setInterval(look, EVERY_MS);
    document.addEventListener('visibilitychange', look);
    return () => {
      window.clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [reload]);
  return <PulseContext value={pulse}>{children}</PulseContext>;
}

export function usePulse(): Reading<FaqList> {
  const pulse = use(PulseContext);
  if (pulse === null) throw new Error('A part of the FAQ stands outside of its PulseProvider.');
  return pulse;
}
