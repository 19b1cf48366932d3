import type { VisitorSnapshot } from '@stepdown/client';
import { act, render, screen } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { ToHost } from '../host-protocol.ts';
import { createFakeClient, messageView, snapshotOf } from '../testing/fake-client.ts';
import { App } from './app.tsx';
import { createFrameClient } from './frame-client.ts';
import type { HostStore, HostView } from './host/host-store.ts';

vi.mock('./frame-client.ts', () => ({ createFrameClient: vi.fn() }));

const closed: HostView = {
  isOpen: false,
  isFull: false,
  locale: 'en',
  theme: 'light',
  accent: '#123456',
  identity: null,
  profile: null,
  prefill: null,
  hasConsent: true,
  isEnded: false,
  page: null,
};

function createFakeHost() {
  let view = closed;
  const listeners = new Set<() => void>();
  const posted: ToHost[] = [];
  const store: HostStore = {
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    getSnapshot: () => view,
    post: (message) => void posted.push(message),
  };
  const change = (fields: Partial<HostView>) =>
    act(async () => {
      view = { ...view, ...fields };
      for (const listener of listeners) listener();
      // Texts and the answer kit are chunks of their own.
      await vi.dynamicImportSettled();
    });
  return { store, change, posted };
}

function answerWith(snapshot: VisitorSnapshot) {
  const client = createFakeClient();
  client.getSnapshot.mockReturnValue(snapshot);
  vi.mocked(createFrameClient).mockReturnValue(client);
  return client;
}

beforeEach(() => {
  vi.mocked(createFrameClient).mockReset();
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no server')));
  vi.stubGlobal('caches', { open: () => Promise.reject(new Error('no cache')) });
});

describe('the frame', () => {
  it('makes no client before it is opened, and connects then', async () => {
    const client = answerWith(snapshotOf());
    const host = createFakeHost();
    render(<App host={host.store} site="shop" />);
    await host.change({});
    expect(createFrameClient).not.toHaveBeenCalled();
    await host.change({ isOpen: true });
    expect(client.open).toHaveBeenCalled();
    expect(screen.getByRole('heading', { name: 'How can we help?' })).toBeDefined();
    expect(host.posted.map((message) => message.name)).toContain('ready');
  });

  it('changes its language while it is open', async () => {
    answerWith(snapshotOf());
    const host = createFakeHost();
    render(<App host={host.store} site="shop" />);
    await host.change({ isOpen: true });
    await host.change({ locale: 'ar' });
    expect(screen.getByRole('heading', { name: 'كيف يمكننا مساعدتك؟' })).toBeDefined();
    expect([document.documentElement.lang, document.documentElement.dir]).toEqual(['ar', 'rtl']);
  });

  it('passes on who the page says it is, and forgets everything at logout', async () => {
    const client = answerWith(snapshotOf());
    const host = createFakeHost();
    render(<App host={host.store} site="shop" />);
    await host.change({ isOpen: true, identity: 'a.b.c' });
    expect(client.identify).toHaveBeenLastCalledWith('a.b.c', null);
    await host.change({ isEnded: true, isOpen: false });
    expect(client.reset).toHaveBeenCalledOnce();
    expect(host.posted.at(-1)).toEqual({ name: 'gone' });
  });

  it('[D06] logs out a visitor of an earlier page without being opened', async () => {
    const client = answerWith(snapshotOf());
    const host = createFakeHost();
    render(<App host={host.store} site="shop" />);
    await host.change({ isEnded: true });
    expect(client.open).not.toHaveBeenCalled();
    expect(client.reset).toHaveBeenCalledOnce();
  });

  it('starts anew when consent is withdrawn', async () => {
    answerWith(snapshotOf());
    const host = createFakeHost();
    render(<App host={host.store} site="shop" />);
    await host.change({ isOpen: true });
    await host.change({ hasConsent: false });
    expect(vi.mocked(createFrameClient).mock.lastCall?.[0].view.hasConsent).toBe(false);
  });

  it('tells the page what is unread, in words for the launcher', async () => {
    answerWith(snapshotOf({ unreadCount: 2, messages: [messageView({ text: 'Hi' })] }));
    const host = createFakeHost();
    render(<App host={host.store} site="shop" />);
    await host.change({ isOpen: true });
    expect(host.posted).toContainEqual({ name: 'unread', detail: 2, note: '. Unread messages: 2' });
  });

  it('answers from what the team wrote when the server is gone, and keeps the message waiting', async () => {
    vi.stubGlobal('fetch', () =>
      Promise.resolve(
        Response.json({
          entries: [{ id: 'returns', question: 'How long can I return?', variants: ['return deadline'], answer: '**60 days**.' }],
        }),
      ),
    );
    answerWith(
      snapshotOf({ connection: 'offline', messages: [messageView({ author: 'visitor', text: 'return deadline?', delivery: 'waiting' })] }),
    );
    const host = createFakeHost();
    render(<App host={host.store} site="shop" />);
    await host.change({ isOpen: true });
    expect(await screen.findByText('Saved answer from our team')).toBeDefined();
    expect(screen.getByText('60 days')).toBeDefined();
    expect(screen.getByText('Not sent yet')).toBeDefined();
  });
});
