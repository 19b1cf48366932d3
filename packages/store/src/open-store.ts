import type { Clock, Log } from '@stepdown/kernel';
import type { Store } from './types.ts';

export interface OpenStoreOptions {
  /** `postgres://…`; without it the embedded store in `dataDir` is used. */
  readonly url?: string | undefined;
  /** Folder of the embedded store; made when missing. */
  readonly dataDir?: string | undefined;
  readonly clock: Clock;
  readonly log: Log;
}

export async function openStore(_options: OpenStoreOptions): Promise<Store> {
  throw new Error('not built yet');
}
