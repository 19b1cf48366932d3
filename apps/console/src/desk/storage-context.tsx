import type { StoragePort } from '@stepdown/client/agent';
import { createContext, use } from 'react';

/** What this device keeps. */
export const StorageContext = createContext<StoragePort | null>(null);

export function useStorage(): StoragePort {
  const storage = use(StorageContext);
  if (storage === null) throw new Error('A part of the console stands outside of its StorageContext.');
  return storage;
}
