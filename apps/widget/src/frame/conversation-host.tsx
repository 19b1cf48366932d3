import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { WidgetEvent } from '../host-protocol.ts';
import type { Texts } from '../locales/texts.ts';
import { Widget, type WidgetContext } from './context.ts';
import { useAnswerKit } from './conversation/use-answer-kit.ts';
import { createFrameClient } from './frame-client.ts';
import type { HostStore, HostView } from './host/host-store.ts';
import { useFreshVersion } from './host/use-fresh-version.ts';
import { useHostEvents } from './host/use-host-events.ts';
import { Panel } from './panel/panel.tsx';

interface ConversationProps {
  readonly host: HostStore;
  readonly view: HostView;
  readonly site: string;
  readonly locale: string;
  readonly texts: Texts;
}

/** One client for as long as the page gives the same consent; a withdrawn consent forgets what was kept. */
export function Conversation(props: ConversationProps) {
  return <ConsentedConversation key={`${props.view.hasConsent}`} {...props} />;
}

function ConsentedConversation({ host, view, site, locale, texts }: ConversationProps) {
  const [client] = useState(() => createFrameClient({ site, view, locale }));
  const snapshot = useSyncExternalStore(client.subscribe, client.getSnapshot);
  const [isKitWanted, setIsKitWanted] = useState(false);
  const kit = useAnswerKit(isKitWanted || snapshot.messages.length > 0, snapshot.connection === 'online');
  const emit = useCallback((name: WidgetEvent, detail?: unknown) => host.post({ name, detail }), [host]);
  const wantKit = useCallback(() => setIsKitWanted(true), []);
  const context = useMemo<WidgetContext>(
    () => ({ client, texts, locale, kit, wantKit, emit }),
    [client, texts, locale, kit, wantKit, emit],
  );

  useEffect(() => client.identify(view.identity, view.profile), [client, view.identity, view.profile]);
  useEffect(() => client.setLocale(locale), [client, locale]);
  useEffect(() => {
    if (view.isOpen) client.open();
  }, [client, view.isOpen]);
  useEffect(() => {
    if (!view.isEnded) return;
    client.reset();
    host.post({ name: 'gone' });
  }, [client, host, view.isEnded]);
  useEffect(() => {
    const back = () => client.networkChanged(true);
    const gone = () => client.networkChanged(false);
    addEventListener('online', back);
    addEventListener('offline', gone);
    return () => {
      removeEventListener('online', back);
      removeEventListener('offline', gone);
      client.close();
    };
  }, [client]);
  useHostEvents(host, context, snapshot);
  useFreshVersion(snapshot);

  return (
    <Widget value={context}>
      <Panel snapshot={snapshot} view={view} onClose={() => host.post({ name: 'close' })} />
    </Widget>
  );
}
