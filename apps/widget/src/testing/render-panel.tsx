import type { VisitorSnapshot } from '@stepdown/client';
import { render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { vi } from 'vitest';
import { Widget } from '../frame/context.ts';
import * as kit from '../frame/conversation/answer-kit.ts';
import type { HostView } from '../frame/host/host-store.ts';
import { Panel } from '../frame/panel/panel.tsx';
import en from '../locales/en.ts';
import type { Texts } from '../locales/texts.ts';
import { createFakeClient, snapshotOf } from './fake-client.ts';

const openView: HostView = {
  isOpen: true,
  isFull: false,
  locale: 'en',
  theme: 'light',
  accent: null,
  identity: null,
  profile: null,
  prefill: null,
  hasConsent: true,
  isEnded: false,
  page: null,
};

interface PanelOptions {
  readonly view?: Partial<HostView>;
  readonly texts?: Texts;
  readonly hasKit?: boolean;
}

/** Renders the whole panel over a fake client; `show` changes what the client says. */
export function renderPanel(snapshot: Partial<VisitorSnapshot> = {}, { view = {}, texts = en, hasKit = true }: PanelOptions = {}) {
  const client = createFakeClient();
  const emit = vi.fn();
  const onClose = vi.fn();
  const context = { client, texts, locale: 'en', kit: hasKit ? kit : null, wantKit: vi.fn(), emit };
  const panel = (fields: Partial<VisitorSnapshot>) => (
    <Widget value={context}>
      <Panel snapshot={snapshotOf(fields)} view={{ ...openView, ...view }} onClose={onClose} />
    </Widget>
  );
  const { rerender, container } = render(panel(snapshot));
  return { client, emit, onClose, container, user: userEvent.setup(), show: (fields: Partial<VisitorSnapshot>) => rerender(panel(fields)) };
}
