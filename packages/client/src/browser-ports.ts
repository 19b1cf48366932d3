import { type ClientClock, createMemoryStorage, type Locks, type StoragePort, type TabChannel } from './ports.ts';

/** Wrapped, not passed on: browsers throw "Illegal invocation" when timers are called on another object. */
export const browserClock: ClientClock = {
  now: () => Date.now(),
  setTimeout: (callback, delayMs) => globalThis.setTimeout(callback, delayMs),
  // Guaranteed by the line above: only its own timers come back here.
  clearTimeout: (timer) => globalThis.clearTimeout(timer as Parameters<typeof globalThis.clearTimeout>[0]),
};

/**
 * `localStorage`, backed by memory: a full, blocked or partitioned store (private windows, third-party frames with
 * cookies off) throws on access, and a typed message must survive at least until the page goes.
 */
export function createBrowserStorage(): StoragePort {
  const memory = createMemoryStorage();
  const local = reachableLocalStorage();
  if (local === null) return memory;
  return {
    get: (key) => memory.get(key) ?? attempt(() => local.getItem(key), null),
    set: (key, value) => {
      memory.remove(key);
      const store = () => {
        local.setItem(key, value);
        return true;
      };
      if (!attempt(store, false)) memory.set(key, value);
    },
    remove: (key) => {
      memory.remove(key);
      attempt(() => local.removeItem(key), undefined);
    },
    keys: (prefix) => [...new Set([...memory.keys(prefix), ...Object.keys(local).filter((key) => key.startsWith(prefix))])],
  };
}

function reachableLocalStorage(): Storage | null {
  return attempt(() => {
    const storage = globalThis.localStorage;
    storage.getItem('stepdown');
    return storage;
  }, null);
}

function attempt<Value>(run: () => Value, otherwise: Value): Value {
  try {
    return run();
  } catch {
    return otherwise;
  }
}

/** Tabs talk through `BroadcastChannel`; without it every tab still works alone and catches up on its next connect. */
export function createBrowserChannel(name: string): TabChannel {
  if (typeof BroadcastChannel === 'undefined') return { post: () => {}, subscribe: () => () => {} };
  const channel = new BroadcastChannel(name);
  return {
    post: (topic) => channel.postMessage(topic),
    subscribe: (listener) => {
      const hear = (event: MessageEvent) => {
        if (typeof event.data === 'string') listener(event.data);
      };
      channel.addEventListener('message', hear);
      return () => channel.removeEventListener('message', hear);
    },
  };
}

/** Web Locks; without them each tab takes its own turn, and the server's `clientMessageId` rule still keeps sends single. */
export function createBrowserLocks(): Locks {
  const locks = typeof navigator === 'undefined' ? undefined : navigator.locks;
  if (!locks) return createPageLocks();
  const page = createPageLocks();
  return {
    exclusive: async (name, work) => {
      let hasStarted = false;
      const run = () => {
        hasStarted = true;
        return work();
      };
      try {
        await locks.request(name, run);
      } catch (cause) {
        // An opaque or storage-blocked frame is refused the lock before the work starts; anything later is the work's own error.
        if (hasStarted) throw cause;
        await page.exclusive(name, work);
      }
    },
  };
}

/** One at a time within this page. */
export function createPageLocks(): Locks {
  const tails = new Map<string, Promise<void>>();
  return {
    exclusive: (name, work) => {
      const run = (tails.get(name) ?? Promise.resolve()).then(work);
      tails.set(
        name,
        run.catch(() => {}),
      );
      return run;
    },
  };
}
