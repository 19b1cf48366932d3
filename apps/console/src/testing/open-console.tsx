import {
  type AgentClient,
  browserClock,
  createAgentClient,
  createMemoryStorage,
  createPageLocks,
  type StoragePort,
} from '@stepdown/client/agent';
import { FakeHouse } from '@stepdown/client/testing';
import { render } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import { App } from '../app/app.tsx';
import { createPreferences } from '../desk/preferences.tsx';
import { installBrowser } from './browser.ts';

export interface OpenConsole {
  readonly house: FakeHouse;
  readonly client: AgentClient;
  readonly user: UserEvent;
  readonly storage: StoragePort;
}

export interface OpenOptions {
  readonly house?: FakeHouse;
  readonly storage?: StoragePort;
}

/** The whole console against a house in memory, at an address, as an agent opens it. */
export async function openConsole(path: string, options: OpenOptions = {}): Promise<OpenConsole> {
  installBrowser();
  window.history.replaceState(null, '', path);
  const house = options.house ?? new FakeHouse();
  const storage = options.storage ?? createMemoryStorage();
  const client = createAgentClient({
    url: window.location.origin,
    fetch: house.fetch,
    storage,
    channel: { post: () => {}, subscribe: () => () => {} },
    locks: createPageLocks(),
    clock: browserClock,
    random: () => 0.5,
    openSocket: house.openSocket,
  });
  const user = userEvent.setup();
  render(<App client={client} preferences={createPreferences(storage)} storage={storage} />);
  // The house speaks when it likes, as a server does; tests wait for what they expect instead of driving every update.
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: false });
  await client.start();
  return { house, client, user, storage };
}
