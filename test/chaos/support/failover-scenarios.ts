import type { Fault } from '@stepdown/simulator';

/** How a scenario of the Failover Bench must end for the customer. */
export type Ending =
  /** The broken route recovers within the turn, or was never broken in a way that matters. */
  | 'same-route'
  /** The next route gives the whole answer. */
  | 'next-route'
  /** The model declined; the turn goes to a person, not to a laxer model. */
  | 'person';

export interface FailoverScenario {
  readonly id: string;
  readonly title: string;
  readonly fault: Fault;
  readonly ending: Ending;
  /** Part of the broken answer was on the screen and had to be replaced. */
  readonly showsText: boolean;
  /** Attempts that the turn may spend on the broken route. */
  readonly mostAttempts: number;
  /** Latest first text of the final answer, with the default deadlines. */
  readonly withinMs: number;
}

/** "At once" on a machine that does three things at the same time; how fast it is belongs to `npm run bench`. */
const AT_ONCE_MS = 5_000;
const base = { ending: 'next-route', showsText: false, mostAttempts: 1, withinMs: AT_ONCE_MS } as const;

/** Failover Bench v0.1, S01–S16; S15 (a minute down, back within 30 s) is a test of its own, and S16 is asked of all. */
export const FAILOVER_SCENARIOS: readonly FailoverScenario[] = [
  {
    ...base,
    id: 'S01',
    title: '429 with retry-after, once',
    fault: { mode: 'rate-limited', retryAfterSeconds: 1, times: 1 },
    ending: 'same-route',
    mostAttempts: 2,
    withinMs: 1_000 + AT_ONCE_MS,
  },
  { ...base, id: 'S02', title: '429 for ever', fault: { mode: 'rate-limited', retryAfterSeconds: 30 } },
  { ...base, id: 'S03', title: '500 once', fault: { mode: 'server-error', times: 1 }, ending: 'same-route', mostAttempts: 2 },
  { ...base, id: 'S04', title: '503 for ever', fault: { mode: 'overloaded', status: 503 } },
  { ...base, id: 'S05', title: 'reset before headers', fault: { mode: 'reset-before-headers' }, mostAttempts: 2 },
  { ...base, id: 'S06', title: 'no response at all', fault: { mode: 'silent' }, withinMs: 6_000 + AT_ONCE_MS },
  { ...base, id: 'S07', title: 'first token after 20 s', fault: { mode: 'slow', firstTokenMs: 20_000 }, withinMs: 8_000 + AT_ONCE_MS },
  { ...base, id: 'S08', title: 'cut after 40 of 60 tokens', fault: { mode: 'cut', afterTokens: 40 }, showsText: true },
  {
    ...base,
    id: 'S09',
    title: 'stall after 20 of 60 tokens',
    fault: { mode: 'stall', afterTokens: 20 },
    showsText: true,
    withinMs: 6_000 + AT_ONCE_MS,
  },
  { ...base, id: 'S10', title: 'one malformed chunk', fault: { mode: 'malformed', afterTokens: 20 }, showsText: true },
  { ...base, id: 'S11', title: 'no [DONE] at the end', fault: { mode: 'no-done' }, ending: 'same-route' },
  { ...base, id: 'S12', title: 'context length', fault: { mode: 'context-too-long' }, mostAttempts: 2 },
  { ...base, id: 'S13', title: 'content filter', fault: { mode: 'content-filter', afterTokens: 10 }, ending: 'person', showsText: true },
  { ...base, id: 'S14', title: 'cut, and the fallback refuses a prefill', fault: { mode: 'cut', afterTokens: 30 }, showsText: true },
  { ...base, id: 'S16', title: 'accounting names the model that answered', fault: { mode: 'overloaded' } },
];
