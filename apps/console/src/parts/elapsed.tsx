import { clockWords, durationWords, fullTime } from '../desk/times.ts';
import { useNow } from '../desk/use-now.ts';

/** How long ago, counting. Only this element renders each second. */
export function Elapsed({ since, isClock = false }: { readonly since: number; readonly isClock?: boolean }) {
  const passed = useNow() - since;
  return (
    <time dateTime={new Date(since).toISOString()} title={fullTime(since)}>
      {isClock ? clockWords(passed) : durationWords(passed)}
    </time>
  );
}

/** Time left until `at`, counting down; `now` when it has come. */
export function Countdown({ at, now: due = 'now' }: { readonly at: number; readonly now?: string }) {
  const left = at - useNow();
  return <time dateTime={new Date(at).toISOString()}>{left <= 0 ? due : `in ${clockWords(left + 999)}`}</time>;
}
