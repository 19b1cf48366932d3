import { createPageLocks } from '../browser-ports.ts';
import type { Locks, TabChannel } from '../ports.ts';

/** A channel for several tabs in one test; like the real one, a tab does not hear itself. */
export function createFakeTabs(): { readonly channel: () => TabChannel; readonly locks: Locks } {
  const tabs = new Set<(topic: string) => void>();
  return {
    locks: createPageLocks(),
    channel: () => {
      const own = new Set<(topic: string) => void>();
      return {
        post: (topic) => {
          for (const hear of tabs) if (!own.has(hear)) hear(topic);
        },
        subscribe: (listener) => {
          own.add(listener);
          tabs.add(listener);
          return () => {
            own.delete(listener);
            tabs.delete(listener);
          };
        },
      };
    },
  };
}
