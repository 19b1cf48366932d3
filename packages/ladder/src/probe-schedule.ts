import type { Random } from '@stepdown/kernel';
import type { Policy } from './policy.ts';

/** Milliseconds between two recovery probes, without jitter, by the age of the outage (SPEC.md, L14). */
export function probeIntervalMs(outageAgeMs: number, policy: Policy): number {
  if (outageAgeMs < policy.probeEarlyForMs) return policy.probeEarlyMs;
  if (outageAgeMs < policy.probeMiddleForMs) return policy.probeMiddleMs;
  if (outageAgeMs < policy.probeLateForMs) return policy.probeLateMs;
  return policy.probeRareMs;
}

/** Spreads an interval by ± `ratio`, so that processes and routes do not probe in step. */
export function withJitter(milliseconds: number, ratio: number, random: Random): number {
  return Math.round(milliseconds * (1 + ratio * (2 * random() - 1)));
}
