import type { WireError } from '@stepdown/protocol';
import { useCallback, useEffect, useState } from 'react';
import { useAgentClient } from './agent-context.tsx';

export interface Loaded<Value> {
  readonly value: Value | null;
  readonly failure: WireError | null;
  readonly reload: () => Promise<void>;
}

/** What a GET route of the server says; read once, and again on demand. */
export function useAnswer<Value extends object>(path: string): Loaded<Value> {
  const { http } = useAgentClient();
  const [state, setState] = useState<{ readonly value: Value | null; readonly failure: WireError | null }>({ value: null, failure: null });
  const reload = useCallback(async () => {
    const answer = await http.get<Value>(path);
    setState((before) => (answer.ok ? { value: answer, failure: null } : { value: before.value, failure: answer.error }));
  }, [http, path]);
  useEffect(() => {
    void reload();
  }, [reload]);
  return { ...state, reload };
}
