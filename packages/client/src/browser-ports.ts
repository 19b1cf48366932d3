import { type ClientClock, createMemoryStorage, type Locks, type StoragePort, type TabChannel } from './ports.ts';

/** Wrapped, not passed on: browsers throw "Illegal invocation" when timers are called on another object. */
export const browserClock: ClientClock = {
  now: () => Date.now(),
  setTimeout: (callback, delayMs) => globalThis.setTimeout(callback, delayMs),
  // Guaranteed by the line above: only its own timers come back here.
  clearTimeout: (timer) => globalThis.clearTimeout(timer as Parameters<typeof globalThis.clearTimeout>[0]),
};

/**
 * What the browser lets a frame keep, backed by memory: a full or blocked store throws on access, and a typed message must
 * survive at least until the page goes.
 */
export function createBrowserStorage(): StoragePort {
  const memory = createMemoryStorage();
  const kept = reachableLocalStorage() ?? cookies;
  return {
    get: (key) => memory.get(key) ?? attempt(() => kept.getItem(key), null),
    set: (key, value) => {
      memory.remove(key);
      const store = () => {
        kept.setItem(key, value);
        return kept.getItem(key) === value;
      };
      if (!attempt(store, false)) memory.set(key, value);
    },
    remove: (key) => {
      memory.remove(key);
      attempt(() => kept.removeItem(key), undefined);
    },
    keys: (prefix) => [...new Set([...memory.keys(prefix), ...attempt(() => kept.names(), []).filter((key) => key.startsWith(prefix))])],
  };
}

type KeptStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> & { names(): string[] };

function reachableLocalStorage(): KeptStorage | null {
  return attempt<KeptStorage | null>(() => {
    const storage = globalThis.localStorage;
    storage.getItem('stepdown');
    return {
      getItem: (key) => storage.getItem(key),
      setItem: (key, value) => storage.setItem(key, value),
      removeItem: (key) => storage.removeItem(key),
      names: () => Object.keys(storage),
    };
  }, null);
}

const COOKIE_SECONDS = 2_592_000;
/** All cookies travel with every request for the frame's files; who this is fits, what was said need not. */
const LONGEST_COOKIE = 200;

/**
 * Browsers that block third-party storage still keep partitioned cookies (CHIPS): known on this embedding site only, sent
 * to the frame's own files only. The visitor then stays the same from one page to the next.
 */
const cookies: KeptStorage = {
  getItem: (key) => readCookies().get(key) ?? null,
  setItem: (key, value) => {
    if (value.length <= LONGEST_COOKIE) writeCookie(key, value, COOKIE_SECONDS);
    // An earlier value would come back on the next page.
    else writeCookie(key, '', 0);
  },
  removeItem: (key) => writeCookie(key, '', 0),
  names: () => [...readCookies().keys()],
};

function readCookies(): ReadonlyMap<string, string> {
  return new Map(
    document.cookie.split('; ').map((cookie) => {
      const [name = '', value = ''] = cookie.split('=').map(decodeURIComponent);
      return [name, value];
    }),
  );
}

function writeCookie(name: string, value: string, seconds: number): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in some browsers that need this
  document.cookie = `${encodeURIComponent(name)}=${encodeURIComponent(value)};max-age=${seconds};path=/widget;secure;samesite=none;partitioned`;
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
