import { clearStorage, type StoragePort, scopedStorage } from './ports.ts';

const ANONYMOUS = 'anonymous';

/** Who the page says is here. */
export interface Who {
  /** Signed token of the embedding site; null is nobody it vouches for. */
  readonly identity: string | null;
  /** Not signed: agents see it as not verified. */
  readonly profile: Profile | null;
}

export interface Profile {
  readonly name?: string;
  readonly email?: string;
}

/**
 * Of whom the page speaks, read without checking: it only picks a drawer of this device's storage. The server verifies
 * the signature before it shows anything.
 */
export function identityKey({ identity, profile }: Who): string {
  if (identity !== null) return `user-${fingerprint(subjectOf(identity) ?? identity)}`;
  return profile?.email === undefined ? ANONYMOUS : `mail-${fingerprint(profile.email)}`;
}

function subjectOf(token: string): string | null {
  const body = token.split('.')[1];
  if (body === undefined) return null;
  try {
    const claims: unknown = JSON.parse(atob(body.replaceAll('-', '+').replaceAll('_', '/')));
    if (typeof claims !== 'object' || claims === null || !('sub' in claims)) return null;
    return typeof claims.sub === 'string' ? claims.sub : null;
  } catch {
    return null;
  }
}

/** FNV-1a; keeps names and addresses out of key names, nothing depends on it being hard to reverse. */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0;
  return hash.toString(36);
}

/** Keys of one site on this device, with a drawer for each person who used it. */
export interface VisitorDrawers {
  drawer(who: Who): StoragePort;
  /** A first identification keeps what was said before it; a change of person forgets the earlier person (checklist D06). */
  change(from: Who, to: Who): void;
  clearAll(): void;
}

export function createDrawers(storage: StoragePort, site: string): VisitorDrawers {
  const prefix = `stepdown:${site}:`;
  const drawer = (who: Who) => scopedStorage(storage, `${prefix}${identityKey(who)}:`);
  return {
    drawer,
    change: (from, to) => {
      const left = drawer(from);
      const entered = drawer(to);
      if (identityKey(from) === ANONYMOUS && entered.keys('').length === 0)
        for (const key of left.keys('')) entered.set(key, left.get(key) ?? '');
      clearStorage(left);
    },
    clearAll: () => clearStorage(storage, prefix),
  };
}
