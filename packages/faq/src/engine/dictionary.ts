import type { FeatureKind, Numbering } from './features.ts';

/** Numbers of all features of an FAQ, with what is known about each. */
export interface Dictionary {
  readonly size: number;
  readonly kinds: readonly FeatureKind[];
  readonly chances: readonly number[];
  /** Numbers a new feature with the next free number. */
  readonly adding: Numbering;
  /** Numbers features for one question: unknown ones get numbers from `size` on, with kind and chance in `extra`. */
  lookingUp(extra: { kinds: FeatureKind[]; chances: number[] }): Numbering;
}

export function createDictionary(): Dictionary {
  const ids = new Map<string, number>();
  const kinds: FeatureKind[] = [];
  const chances: number[] = [];
  return {
    get size() {
      return kinds.length;
    },
    kinds,
    chances,
    adding: (key, kind, chance) => {
      const known = ids.get(key);
      if (known !== undefined) return known;
      ids.set(key, kinds.length);
      chances.push(chance);
      return kinds.push(kind) - 1;
    },
    lookingUp: (extra) => {
      const unknown = new Map<string, number>();
      return (key, kind, chance) => {
        const known = ids.get(key) ?? unknown.get(key);
        if (known !== undefined) return known;
        const id = kinds.length + extra.kinds.length;
        unknown.set(key, id);
        extra.kinds.push(kind);
        extra.chances.push(chance);
        return id;
      };
    },
  };
}
