import { type Simulator, startSimulator } from '@stepdown/simulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAnswerFilter } from './prompt/answer-text.ts';
import { collect, nameOf, REQUEST } from './testing/collect.ts';
import { DIALECTS, type Dialect, sourceFor } from './testing/dialects.ts';
import { describeTierContract } from './tier-contract.ts';

for (const dialect of DIALECTS)
  describeTierContract(sourceFor(dialect, { baseUrl: 'http://127.0.0.1' }).tier, dialect, (settings) => sourceFor(dialect, settings));

const never = new AbortController().signal;

describe.each(DIALECTS)('%s against the simulator', (dialect) => {
  let simulator: Simulator;
  beforeAll(async () => {
    simulator = await startSimulator({ pace: { firstTokenMs: 5, tokenGapMs: 1 } });
  });
  afterAll(() => simulator.close());

  function source() {
    const { claude, gpt, openModel } = simulator.urls;
    const urls: Readonly<Record<Dialect, string>> = { anthropic: claude, 'openai-responses': gpt, 'openai-chat': openModel };
    return sourceFor(dialect, { baseUrl: urls[dialect] });
  }

  it('[T4] [T28] [T34] answers from the entry and names it', async () => {
    const filter = createAnswerFilter(['password-reset']);
    const { text, outcome } = await collect(source().answer(REQUEST, never));
    const visible = filter.push(text);
    const end = filter.end();
    expect(outcome).toEqual({ kind: 'complete' });
    expect(end.sourceIds).toEqual(['password-reset']);
    expect(visible + end.text).toContain('Forgot password');
    expect(visible + end.text).not.toMatch(/sources/i);
  });

  it('[T30] starts anew after an interruption', async () => {
    const { outcome } = await collect(
      source().answer(
        {
          ...REQUEST,
          interruptedText: 'Choose "For',
          history: [
            { author: 'visitor', text: 'Hello' },
            { author: 'agent', text: 'Hi!' },
          ],
        },
        never,
      ),
    );
    expect(outcome).toEqual({ kind: 'complete' });
  });

  it('[T36] passes its probe', async () => {
    const { outcome, text } = await collect(source().probe(never));
    expect(nameOf(outcome)).toBe('complete');
    expect(text).toMatch(/ok/i);
  });
});
