import type { AgentClient, StoragePort } from '@stepdown/client/agent';
import { type ReactNode, useState } from 'react';
import { Router } from 'wouter';
import { AgentProvider, useAgent, useAgentClient } from '../desk/agent-context.tsx';
import { NoticesProvider } from '../desk/notices.tsx';
import { PreferencesProvider, type PreferencesStore } from '../desk/preferences.tsx';
import { StorageContext } from '../desk/storage-context.tsx';
import { SetUp } from '../features/access/set-up.tsx';
import { SignIn } from '../features/access/sign-in.tsx';
import { Button } from '../parts/button.tsx';
import { Empty } from '../parts/empty.tsx';
import { AlertIcon } from '../parts/icons.tsx';
import { BASE, setUpToken } from './paths.ts';
import { Shell } from './shell.tsx';

export interface AppProps {
  readonly client: AgentClient;
  readonly preferences: PreferencesStore;
  readonly storage: StoragePort;
}

export function App({ client, preferences, storage }: AppProps) {
  return (
    <StorageContext value={storage}>
      <PreferencesProvider store={preferences}>
        <AgentProvider client={client}>
          <NoticesProvider>
            <Router base={BASE}>
              <Gate>
                <Shell />
              </Gate>
            </Router>
          </NoticesProvider>
        </AgentProvider>
      </PreferencesProvider>
    </StorageContext>
  );
}

/** Nothing of the house is rendered for somebody who is not signed in. */
function Gate({ children }: { readonly children: ReactNode }) {
  const client = useAgentClient();
  const access = useAgent((snapshot) => snapshot.access);
  const [token, setToken] = useState(() => setUpToken(window.location.hash));
  if (token !== null) {
    return (
      <SetUp
        token={token}
        onDone={() => {
          // A redeemed token is worth nothing, but it has no business in the history either.
          window.history.replaceState(null, '', BASE);
          setToken(null);
        }}
      />
    );
  }
  switch (access.kind) {
    case 'signed-in':
      return children;
    case 'signed-out':
      return <SignIn because={access.because} />;
    case 'unreachable':
      return (
        <main>
          <Empty
            icon={<AlertIcon size={24} />}
            tone="bad"
            title="The server can’t be reached"
            action={<Button onClick={() => void client.start()}>Try again</Button>}
          >
            It may be restarting. What you typed is kept on this device.
          </Empty>
        </main>
      );
    case 'unknown':
      return null;
  }
}
