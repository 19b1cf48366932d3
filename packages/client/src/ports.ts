/** Time as a port; the kernel's clock fits. Epoch ms and delays in ms. */
export interface ClientClock {
  now(): number;
  setTimeout(callback: () => void, delayMs: number): unknown;
  clearTimeout(timer: unknown): void;
}

/** A number in [0, 1). */
export type Random = () => number;

/** Keeps small texts across page loads. Must not throw: a browser that refuses storage keeps them for the page. */
export interface StoragePort {
  get(key: string): string | null;
  set(key: string, value: string): void;
  remove(key: string): void;
  keys(prefix: string): readonly string[];
}

/** Tells the other tabs of the same origin that something changed. A tab does not hear itself. */
export interface TabChannel {
  post(topic: string): void;
  subscribe(listener: (topic: string) => void): () => void;
}

/** Runs `work` while no other tab runs work of the same name. */
export interface Locks {
  exclusive(name: string, work: () => Promise<void>): Promise<void>;
}

/** The same storage below a prefix, so that two visitors of one device never see each other's keys. */
export function scopedStorage(storage: StoragePort, scope: string): StoragePort {
  return {
    get: (key) => storage.get(scope + key),
    set: (key, value) => storage.set(scope + key, value),
    remove: (key) => storage.remove(scope + key),
    keys: (prefix) => storage.keys(scope + prefix).map((key) => key.slice(scope.length)),
  };
}

/** Removes every key below the prefix. */
export function clearStorage(storage: StoragePort, prefix = ''): void {
  for (const key of storage.keys(prefix)) storage.remove(key);
}

/** Storage for one page: what is left when the browser or the visitor refuses to keep anything. */
export function createMemoryStorage(): StoragePort {
  const values = new Map<string, string>();
  return {
    get: (key) => values.get(key) ?? null,
    set: (key, value) => void values.set(key, value),
    remove: (key) => void values.delete(key),
    keys: (prefix) => [...values.keys()].filter((key) => key.startsWith(prefix)),
  };
}
