import type { Fault } from '@stepdown/simulator';

/** What the customer is owed under a fault; each group has a goal of its own. */
export type FaultGroup = 'immediate' | 'silent' | 'mid-stream' | 'trickle';

export interface BenchFault {
  readonly id: string;
  readonly group: FaultGroup;
  readonly fault: Fault;
}

/** The same for every subject, always on the first provider; the second one stays healthy. */
export const BENCH_FAULTS: readonly BenchFault[] = [
  { id: 'refused', group: 'immediate', fault: { mode: 'refused' } },
  { id: '500', group: 'immediate', fault: { mode: 'server-error' } },
  { id: '529', group: 'immediate', fault: { mode: 'overloaded' } },
  { id: '429, retry-after 30', group: 'immediate', fault: { mode: 'rate-limited', retryAfterSeconds: 30 } },
  { id: '401', group: 'immediate', fault: { mode: 'bad-key' } },
  { id: 'empty 200', group: 'immediate', fault: { mode: 'empty-body' } },
  { id: 'silent before headers', group: 'silent', fault: { mode: 'silent' } },
  { id: 'first token after 4 s', group: 'silent', fault: { mode: 'slow', firstTokenMs: 4_000 } },
  { id: 'stall', group: 'mid-stream', fault: { mode: 'stall', afterTokens: 15, keepsAlive: true } },
  { id: 'reset', group: 'mid-stream', fault: { mode: 'reset', afterTokens: 15 } },
  { id: 'error event', group: 'mid-stream', fault: { mode: 'error-event', afterTokens: 15 } },
  { id: 'clean truncation', group: 'mid-stream', fault: { mode: 'cut', afterTokens: 15 } },
  { id: 'trickle', group: 'trickle', fault: { mode: 'trickle', tokenGapMs: 1_000 } },
];
