import type { WireError } from '@stepdown/protocol';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useAgentClient } from './agent-context.tsx';

export interface Loaded<Value> {
  readonly value: Value | null;
  readonly failure: WireError | null;
  readonly reload: () => Promise<void>;
}

/** What a GET route of the server says; read once, and again on demand. Null: nothing is asked. */
export function useAnswer<Value extends object>(path: string | null): Loaded<Value> {
  const { http } = useAgentClient();
  const [state, setState] = useState<{ readonly value: Value | null; readonly failure: WireError | null }>({ value: null, failure: null });
  const newest = useRef(0);
  const reload = useCallback(async () => {
    newest.current += 1;
    const mine = newest.current;
    if (path === null) return;
    const answer = await http.get<Value>(path);
    // Something else was asked meanwhile: the older answer must not overwrite the newer one.
    if (newest.current !== mine) return;
    setState((before) => (answer.ok ? { value: answer, failure: null } : { value: before.value, failure: answer.error }));
  }, [http, path]);
  useEffect(() => {
    void reload();
  }, [reload]);
  return { ...state, reload };
}
