import type { StoragePort } from '@stepdown/client/agent';
import { createContext, type ReactNode, use, useSyncExternalStore } from 'react';

export type Theme = 'light' | 'dark' | 'system';

export interface Preferences {
  readonly theme: Theme;
  readonly hasSound: boolean;
  readonly hasNotifications: boolean;
  /** Keys without Ctrl or ⌘ do something; some speech-input users must be able to switch that off (WCAG 2.1.4). */
  readonly hasSingleKeys: boolean;
  readonly isContextShown: boolean;
}

export interface PreferencesStore {
  subscribe(listener: () => void): () => void;
  getSnapshot(): Preferences;
  change(change: Partial<Preferences>): void;
}

const KEY = 'console:preferences';

const defaults: Preferences = {
  theme: 'system',
  hasSound: false,
  hasNotifications: false,
  hasSingleKeys: true,
  isContextShown: true,
};

/** What this agent likes on this device. */
export function createPreferences(storage: StoragePort): PreferencesStore {
  const listeners = new Set<() => void>();
  let current: Preferences = { ...defaults, ...read(storage.get(KEY)) };
  return {
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    getSnapshot: () => current,
    change: (change) => {
      current = { ...current, ...change };
      storage.set(KEY, JSON.stringify(current));
      for (const listener of listeners) listener();
    },
  };
}

/** Only `change` writes below this key; a value of another version of the console loses its place to the default. */
function read(stored: string | null): Partial<Preferences> {
  try {
    const value: unknown = JSON.parse(stored ?? '{}');
    if (typeof value !== 'object' || value === null) return {};
    const known = Object.entries(value).filter(
      ([name, held]) => name in defaults && typeof held === typeof defaults[name as keyof Preferences],
    );
    return Object.fromEntries(known) as Partial<Preferences>;
  } catch {
    return {};
  }
}

const PreferencesContext = createContext<PreferencesStore | null>(null);

export function PreferencesProvider({ store, children }: { readonly store: PreferencesStore; readonly children: ReactNode }) {
  return <PreferencesContext value={store}>{children}</PreferencesContext>;
}

export function usePreferencesStore(): PreferencesStore {
  const store = use(PreferencesContext);
  if (store === null) throw new Error('A part of the console stands outside of its PreferencesProvider.');
  return store;
}

export function usePreferences(): Preferences {
  const store = usePreferencesStore();
  return useSyncExternalStore(store.subscribe, store.getSnapshot);
}
