import { useState } from 'react';

/** Conversations chosen for doing one thing to all of them. */
export interface Picks {
  readonly ids: ReadonlySet<string>;
  toggle(id: string): void;
  /** Adds everything between the last pick and this one. */
  extendTo(id: string): void;
  replace(ids: Iterable<string>): void;
  clear(): void;
}

/** `order`: the rows as they are shown; what is no longer among them is no longer picked. */
export function usePicks(order: readonly string[]): Picks {
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [anchor, setAnchor] = useState<string | null>(null);
  const ids = new Set(order.filter((id) => picked.has(id)));
  return {
    ids,
    toggle(id) {
      const next = new Set(ids);
      if (!next.delete(id)) next.add(id);
      setPicked(next);
      setAnchor(id);
    },
    extendTo(id) {
      setPicked(new Set([...ids, ...between(order, anchor ?? id, id)]));
      setAnchor(id);
    },
    replace: (next) => setPicked(new Set(next)),
    clear: () => setPicked(new Set()),
  };
}

function between(order: readonly string[], from: string, to: string): readonly string[] {
  const places = [order.indexOf(from), order.indexOf(to)];
  const first = Math.min(...places);
  return first === -1 ? [to] : order.slice(first, Math.max(...places) + 1);
}
