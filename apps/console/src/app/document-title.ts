import { useEffect } from 'react';
import { useLocation } from 'wouter';
import { useAgent } from '../desk/agent-context.tsx';

const NAMES: Readonly<Record<string, string>> = {
  inbox: 'Inbox',
  ladder: 'Ladder',
  faq: 'FAQ',
  team: 'Team',
  reports: 'Reports',
  settings: 'Settings',
};

/** `(3) Inbox – Stepdown`: how many wait can be read from the tab. */
export function useDocumentTitle(): void {
  const [location] = useLocation();
  const waiting = useAgent((snapshot) => snapshot.inbox.counts.queue);
  const name = NAMES[location.split('/')[1] ?? ''] ?? 'Console';
  useEffect(() => {
    document.title = `${waiting > 0 ? `(${waiting}) ` : ''}${name} – Stepdown`;
  }, [waiting, name]);
}
