import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ParkedFacts, parkedStep } from './parked-step.ts';

const NOW = 1_750_000_000_000;
const policy = { deferredKeptMs: 86_400_000, deferredTries: 3, deferredRetryMs: 60_000 };
const facts: ParkedFacts = {
  parkedAt: NOW - 10_000,
  epoch: 2,
  conversation: { epoch: 2, state: 'pending' },
  turns: [],
  isAssistantBack: true,
  now: NOW,
  policy,
};
const failed = (endedAt = NOW - 60_000) => ({ status: 'done' as const, cause: 'still parked: exhausted', endedAt });
const answered = { status: 'done' as const, cause: 'answered', endedAt: NOW - 1 };
const running = { status: 'running' as const, cause: '', endedAt: undefined };

describe('what happens to a parked question next', () => {
  it('[C18] waits for the assistant, then starts', () => {
    expect(parkedStep({ ...facts, isAssistantBack: false })).toEqual({ kind: 'put-back', retryAt: undefined });
    expect(parkedStep(facts)).toEqual({ kind: 'start' });
  });

  it('[C18] waits a second, so that the visitor is told first', () => {
    expect(parkedStep({ ...facts, parkedAt: NOW - 999 }).kind).toBe('put-back');
    expect(parkedStep({ ...facts, parkedAt: NOW - 1_000 }).kind).toBe('start');
  });

  it('[C19] waits for the turn that answers it, and starts no second one', () => {
    expect(parkedStep({ ...facts, turns: [running] }).kind).toBe('wait');
    expect(parkedStep({ ...facts, turns: [answered] }).kind).toBe('settle');
    expect(parkedStep({ ...facts, turns: [failed(), { status: 'cancelled', cause: 'cancelled', endedAt: NOW }] }).kind).toBe('settle');
  });

  it('[C20] tries again after a minute, and at most three times', () => {
    expect(parkedStep({ ...facts, turns: [failed(NOW - 59_999)] })).toEqual({ kind: 'put-back', retryAt: NOW + 1 });
    expect(parkedStep({ ...facts, turns: [failed(NOW - 60_000)] }).kind).toBe('start');
    expect(parkedStep({ ...facts, turns: [failed(), failed(), failed()] }).kind).toBe('hand-over');
  });

  it('[C21] goes to a person after 24 hours, back or not', () => {
    const late = { ...facts, parkedAt: NOW - policy.deferredKeptMs };
    expect(parkedStep(late).kind).toBe('hand-over');
    expect(parkedStep({ ...late, isAssistantBack: false }).kind).toBe('hand-over');
    expect(parkedStep({ ...late, parkedAt: late.parkedAt + 1 }).kind).toBe('start');
  });

  it('[C22] is nobody’s but the person’s once the epoch was raised, whatever else is true', () => {
    const turns = fc.array(fc.constantFrom(running, answered, failed()), { maxLength: 4 });
    fc.assert(
      fc.property(turns, fc.boolean(), fc.nat(200_000_000), (spent, isAssistantBack, age) => {
        const any = { ...facts, turns: spent, isAssistantBack, parkedAt: NOW - age };
        expect(parkedStep({ ...any, conversation: { epoch: 3, state: 'pending' } }).kind).toBe('cancel');
        expect(parkedStep({ ...any, conversation: { epoch: 2, state: 'open' } }).kind).toBe('cancel');
        expect(parkedStep({ ...any, conversation: undefined }).kind).toBe('cancel');
        // And while a turn may still answer, never a second one.
        if (spent.at(-1) === running || spent.at(-1) === answered) expect(['wait', 'settle']).toContain(parkedStep(any).kind);
      }),
    );
  });
});
