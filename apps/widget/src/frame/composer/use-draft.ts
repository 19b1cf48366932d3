import { useState } from 'react';
import { useWidget } from '../context.ts';

/** What is being written. It is kept on this device until it is sent; a text the page fills in replaces only an empty one. */
export function useDraft(prefill: string | null): [string, (text: string) => void] {
  const { client } = useWidget();
  const [draft, setDraft] = useState(() => client.getDraft());
  const [lastPrefill, setLastPrefill] = useState<string | null>(null);
  if (prefill !== lastPrefill) {
    setLastPrefill(prefill);
    if (prefill !== null && draft === '') setDraft(prefill);
  }
  return [
    draft,
    (text) => {
      setDraft(text);
      client.saveDraft(text);
    },
  ];
}
