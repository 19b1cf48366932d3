import type { Profile } from '@stepdown/client';
import type { HostState, ToHost } from '../../host-protocol.ts';
import type { Theme } from '../theme/apply-theme.ts';
import { connectToHost, type HostLink } from './host-link.ts';

/** What the page asked for, checked. */
export interface HostView {
  readonly isOpen: boolean;
  readonly isFull: boolean;
  readonly locale: string | null;
  readonly theme: Theme;
  readonly accent: string | null;
  readonly identity: string | null;
  readonly profile: Profile | null;
  readonly prefill: string | null;
  readonly hasConsent: boolean;
  readonly isEnded: boolean;
  readonly page: { readonly url: string; readonly title: string } | null;
}

export interface HostStore {
  subscribe(listener: () => void): () => void;
  getSnapshot(): HostView;
  post(message: ToHost): void;
}

const CLOSED: HostView = {
  isOpen: false,
  isFull: false,
  locale: null,
  theme: 'auto',
  accent: null,
  identity: null,
  profile: null,
  prefill: null,
  hasConsent: true,
  isEnded: false,
  page: null,
};

/** The page as a store. Opened by itself, outside of any page, the frame is simply open. */
export function createHostStore(search: URLSearchParams): HostStore {
  const listeners = new Set<() => void>();
  const isAlone = window.parent === window;
  let view: HostView = isAlone ? { ...CLOSED, isOpen: true, isFull: true, ...standaloneLook(search) } : CLOSED;

  const receive = (change: HostState) => {
    view = applyChange(view, change);
    for (const listener of listeners) listener();
  };
  const link: HostLink = isAlone ? { post: () => {} } : connectToHost(window.parent, search.get('host') ?? '', receive);
  return {
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    getSnapshot: () => view,
    post: (message) => link.post(message),
  };
}

function standaloneLook(search: URLSearchParams): Partial<HostView> {
  return { locale: search.get('locale'), theme: themeOf(search.get('theme')), accent: search.get('accent') };
}

/** Only what is named changes; a value of another type than expected counts as not given. */
export function applyChange(view: HostView, change: HostState): HostView {
  const has = (key: keyof HostState) => Object.hasOwn(change, key);
  return {
    isOpen: change.isOpen ?? view.isOpen,
    isFull: change.isFull ?? view.isFull,
    locale: has('setLocale') ? textOf(change.setLocale) : view.locale,
    theme: has('theme') ? themeOf(change.theme) : view.theme,
    accent: has('accent') ? textOf(change.accent) : view.accent,
    identity: has('identify') ? identityOf(change.identify) : view.identity,
    profile: has('identify') ? profileOf(change.identify) : view.profile,
    prefill: has('prefill') ? textOf(change.prefill) : view.prefill,
    hasConsent: has('consent') ? change.consent !== false : view.hasConsent,
    isEnded: change.shutdown ?? view.isEnded,
    page: textOf(change.url) === null ? view.page : { url: `${change.url}`.slice(0, 2_000), title: `${change.title ?? ''}`.slice(0, 300) },
  };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function themeOf(value: unknown): Theme {
  return value === 'light' || value === 'dark' ? value : 'auto';
}

/** A signed token, alone or as `{token}`. Names and addresses without a signature prove nothing and open nothing (D04). */
function identityOf(value: unknown): string | null {
  return textOf(fieldsOf(value)?.token ?? value);
}

function profileOf(value: unknown): Profile | null {
  const name = textOf(fieldsOf(value)?.name);
  const email = textOf(fieldsOf(value)?.email);
  return name === null && email === null ? null : { ...(name !== null && { name }), ...(email !== null && { email }) };
}

/** Any object can be read field by field; `textOf` checks what is found. */
function fieldsOf(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === 'object' ? (value as Readonly<Record<string, unknown>> | null) : null;
}
