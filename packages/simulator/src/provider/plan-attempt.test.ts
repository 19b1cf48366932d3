import { describe, expect, it } from 'vitest';
import type { WireAttempt } from '../script/wire-script.ts';
import { anthropic } from '../wire/anthropic.ts';
import { chat } from '../wire/chat.ts';
import type { SimulatedAnswer } from '../wire/dialect.ts';
import { responses } from '../wire/responses.ts';
import { FAULT_MODES, type Fault } from './fault.ts';
import { planAnswer, planInterruption } from './plan-attempt.ts';

const ANSWER: SimulatedAnswer = {
  id: 'X1',
  model: 'm',
  chunks: ['One ', 'two ', 'three ', 'four.'],
  finish: 'complete',
  inputTokens: 10,
  outputTokens: 4,
  createdAtSeconds: 1,
  includesUsage: false,
};

const plan = (fault: Fault, dialect = anthropic, isStream = true): WireAttempt =>
  planAnswer({ dialect, answer: ANSWER, isStream, fault, pace: { firstTokenMs: 250, tokenGapMs: 25 }, headers: {} });
const tokensOf = (attempt: WireAttempt) => (attempt.chunks ?? []).filter((chunk) => chunk.isToken);
const textOf = (attempt: WireAttempt) => (attempt.chunks ?? []).map((chunk) => chunk.text).join('');

describe('pace', () => {
  it('[S19] puts the first token firstTokenMs after the request, the others tokenGapMs apart', () => {
    const attempt = plan({ mode: 'healthy' });
    const tokens = tokensOf(attempt);
    expect((attempt.headersAfterMs ?? 0) + (tokens[0]?.afterMs ?? 0)).toBe(250);
    expect(tokens.slice(1).map((token) => token.afterMs)).toEqual([25, 25, 25]);
  });

  it('[S19] holds a whole answer back until its last token would have come', () => {
    expect(plan({ mode: 'healthy' }, anthropic, false).headersAfterMs).toBe(250 + 4 * 25);
  });

  it('[S20] slow and trickle have defaults that are slow', () => {
    expect(tokensOf(plan({ mode: 'slow' }))[0]?.afterMs).toBe(20_000);
    expect(tokensOf(plan({ mode: 'trickle' }))[1]?.afterMs).toBe(2_000);
    expect(plan({ mode: 'slow', headersAfterMs: 9 }).headersAfterMs).toBe(9);
  });
});

describe('breaks', () => {
  it.each([
    [0, 0],
    [3, 3],
    [4, 3],
    [99, 3],
  ])('[S21] after %i of 4 tokens means %i', (afterTokens, sent) => {
    expect(tokensOf(plan({ mode: 'cut', afterTokens }))).toHaveLength(sent);
  });

  it('[S20] a stall hangs, with keep-alives only when asked', () => {
    expect(plan({ mode: 'stall' })).toMatchObject({ end: 'hang' });
    expect(plan({ mode: 'stall' }).chunks).toHaveLength(4);
    expect(plan({ mode: 'stall', keepsAlive: true }).chunks?.at(-1)).toMatchObject({
      afterMs: 1_000,
      text: expect.stringContaining('ping'),
    });
    expect(plan({ mode: 'stall', keepsAlive: true }, responses).chunks?.at(-1)?.text).toBe(': keepalive\n\n');
  });

  it('[S20] no-done leaves out the last line and nothing else', () => {
    expect(textOf(plan({ mode: 'no-done' }, chat))).toBe(textOf(plan({ mode: 'healthy' }, chat)).replace('data: [DONE]\n\n', ''));
    expect(textOf(plan({ mode: 'no-done' }))).toBe(textOf(plan({ mode: 'healthy' })));
  });

  it('[S20] malformed keeps every token', () => {
    expect(tokensOf(plan({ mode: 'malformed', afterTokens: 2 }, chat))).toHaveLength(4);
    expect(() => JSON.parse((plan({ mode: 'malformed', afterTokens: 2 }, chat).chunks?.[3]?.text ?? '').slice(6))).toThrow();
  });

  it('[S24] every mode either leaves an answer in flight alone or breaks it without a terminal event', () => {
    const alone = FAULT_MODES.filter((mode) => planInterruption({ mode }, anthropic.encoder(ANSWER)) === null);
    expect(alone).toEqual(['healthy', 'slow', 'trickle', 'no-done']);
    for (const mode of FAULT_MODES) {
      const tail = planInterruption({ mode }, anthropic.encoder(ANSWER));
      expect(JSON.stringify(tail?.chunks ?? [])).not.toContain('message_stop');
    }
  });
});
