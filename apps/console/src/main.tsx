import { browserClock, createAgentClient, createBrowserChannel, createBrowserLocks, createBrowserStorage } from '@stepdown/client/agent';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { followTheme } from './desk/apply-theme.ts';
import { createPreferences } from './desk/preferences.tsx';
import './theme.css';

const storage = createBrowserStorage();
const preferences = createPreferences(storage);
const client = createAgentClient({
  url: window.location.origin,
  // Wrapped, not passed on: browsers throw "Illegal invocation" when fetch is called on another object.
  fetch: (url, init) => window.fetch(url, init),
  storage,
  channel: createBrowserChannel('stepdown-agent'),
  locks: createBrowserLocks(),
  clock: browserClock,
  random: Math.random,
});

followTheme(preferences);
window.addEventListener('online', () => client.networkChanged(true));
window.addEventListener('offline', () => client.networkChanged(false));
void client.start();

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App client={client} preferences={preferences} storage={storage} />
    </StrictMode>,
  );
}
