import { useEffect, useState } from 'react';

/** The value as it was when it last stood still for so long, milliseconds. */
export function useLate<Value>(value: Value, afterMs: number): Value {
  const [late, setLate] = useState(value);
  useEffect(() => {
    const timer = window.setTimeout(() => setLate(value), afterMs);
    return () => window.clearTimeout(timer);
  }, [value, afterMs]);
  return late;
}
