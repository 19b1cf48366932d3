import type { AgentHttp } from '@stepdown/client/agent';
import type { InboxPage as InboxPageData } from '@stepdown/protocol';
import { useEffect, useState } from 'react';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import { useAgentClient } from '../desk/agent-context.tsx';
import { beginSequence, useKeys } from '../desk/use-keys.ts';
import { CommandPalette } from '../features/palette/command-palette.tsx';
import { KeyHelp } from '../features/palette/key-help.tsx';
import { Boundary } from '../parts/boundary.tsx';
import { ConnectionBanner } from './connection-banner.tsx';
import { useDocumentTitle } from './document-title.ts';
import { InboxPage } from './inbox-page.tsx';
import { LazyFaq, LazyLadder, LazyReports, LazySettings, LazyTeam } from './lazy-pages.tsx';
import { Navigation } from './navigation.tsx';
import { paths } from './paths.ts';
import styles from './shell.module.css';
import { useAttention } from './use-attention.ts';
import { useCommands } from './use-commands.ts';

/** The console of a signed-in agent: navigation, the page, and what floats above both. */
export function Shell() {
  const client = useAgentClient();
  const [location, navigate] = useLocation();
  const [open, setOpen] = useState<'palette' | 'keys' | null>(null);
  const commands = useCommands({ onKeys: () => setOpen('keys') });
  useAttention();
  useDocumentTitle();
  useGoKeys(navigate);
  useKeys({ '?': () => setOpen('keys') });

  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      setOpen((before) => (before === 'palette' ? null : 'palette'));
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);

  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#page">
        Skip to the page
      </a>
      <Navigation onPalette={() => setOpen('palette')} />
      <div className={styles.column}>
        <ConnectionBanner />
        <main id="page" className={styles.page} tabIndex={-1}>
          <Boundary name={location.split('/')[1] ?? ''}>
            <Switch>
              <Route path="/inbox/:view/:conversationId?">
                {({ view, conversationId }) => (
                  <InboxPage viewName={view} conversationId={conversationId === undefined ? null : decodeURIComponent(conversationId)} />
                )}
              </Route>
              <Route path={paths.ladder} component={LazyLadder} />
              <Route path={`${paths.faq}/*?`} component={LazyFaq} />
              <Route path={paths.team} component={LazyTeam} />
              <Route path={paths.reports} component={LazyReports} />
              <Route path={paths.settings} component={LazySettings} />
              <Route>
                <Redirect to={paths.inbox()} replace />
              </Route>
            </Switch>
          </Boundary>
        </main>
      </div>
      {open === 'palette' && (
        <CommandPalette
          commands={commands}
          search={(text) => conversationsFor(client.http, text)}
          onConversation={(conversationId) => navigate(paths.conversation('all', conversationId))}
          onClose={() => setOpen(null)}
        />
      )}
      {open === 'keys' && <KeyHelp onClose={() => setOpen(null)} />}
    </div>
  );
}

async function conversationsFor(http: AgentHttp, search: string) {
  const answer = await http.get<InboxPageData>('/api/agent/inbox', { view: 'all', search, limit: 6 });
  return answer.ok ? answer.conversations : [];
}

/** `g` and then a letter, within a second. */
function useGoKeys(navigate: (to: string) => void): void {
  const go = (to: string) => () => navigate(to);
  useKeys(
    {
      i: go(paths.inbox()),
      m: go(paths.inbox('mine')),
      l: go(paths.ladder),
      f: go(paths.faq),
      t: go(paths.team),
      p: go(paths.reports),
      s: go(paths.settings),
    },
    'sequence',
  );
  useKeys({ g: beginSequence });
}
