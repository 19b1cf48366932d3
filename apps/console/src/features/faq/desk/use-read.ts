import type { Ack, WireError } from '@stepdown/protocol';
import { useCallback, useEffect, useRef, useState } from 'react';

export interface Reading<Value> {
  /** Of the key before while the next one is read. */
  readonly value: Value | null;
  readonly failure: WireError | null;
  readonly isReading: boolean;
  readonly reload: () => Promise<void>;
}

interface State<Value> {
  readonly key: string | null;
  readonly value: Value | null;
  readonly failure: WireError | null;
}

/** What the server says under a key: read when the key changes and on demand; an answer that comes too late is dropped. */
export function useRead<Value extends object>(key: string, read: () => Promise<Ack<Value>>): Reading<Value> {
  const [state, setState] = useState<State<Value>>({ key: null, value: null, failure: null });
  const ticket = useRef(0);
  const latest = useRef({ key, read });
  useEffect(() => {
    latest.current = { key, read };
  });
  const reload = useCallback(async () => {
    ticket.current += 1;
    const mine = ticket.current;
    const asked = latest.current;
    const answer = await asked.read();
    if (mine !== ticket.current) return;
    setState((before) =>
      answer.ok ? { key: asked.key, value: answer, failure: null } : { key: asked.key, value: before.value, failure: answer.error },
    );
  }, []);
  useEffect(() => {
    void reload();
    return () => {
      ticket.current += 1;
    };
  }, [key, reload]);
  return { value: state.value, failure: state.failure, isReading: state.key !== key, reload };
}
