import {
  browserClock,
  createBrowserChannel,
  createBrowserLocks,
  createBrowserStorage,
  createMemoryStorage,
  createVisitorClient,
  type VisitorClient,
} from '@stepdown/client';
import type { HostView } from './host/host-store.ts';

/** The client of this frame. Without consent nothing outlives the page, and what an earlier visit kept is removed. */
export function createFrameClient({ site, view, locale }: { site: string; view: HostView; locale: string }): VisitorClient {
  const ports = {
    url: location.origin,
    site,
    channel: createBrowserChannel(`stepdown:${site}`),
    locks: createBrowserLocks(),
    clock: browserClock,
    random: () => Math.random(),
    locale,
    identity: view.identity,
    profile: view.profile,
    ...(view.page && { page: view.page }),
  };
  if (view.hasConsent) return createVisitorClient({ ...ports, storage: createBrowserStorage() });
  createVisitorClient({ ...ports, storage: createBrowserStorage() }).reset();
  return createVisitorClient({ ...ports, storage: createMemoryStorage() });
}
