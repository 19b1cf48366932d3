import { createManualClock } from '@stepdown/kernel/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLiveAnswer, type LiveText } from './live-answer.ts';
import type { ConversationEvent } from './ports.ts';

type Delta = Extract<ConversationEvent, { type: 'message.delta' }>;

function setUp(start = { rev: 0, text: '' }) {
  const clock = createManualClock();
  const deltas: Delta[] = [];
  const checkpoints: LiveText[] = [];
  const live = createLiveAnswer({
    clock,
    conversationId: 'con_1',
    messageId: 'msg_1',
    start,
    publish: (event) => {
      if (event.type === 'message.delta') deltas.push(event);
    },
    checkpoint: async (text) => {
      checkpoints.push(text);
    },
  });
  const append = (rev: number, text: string): void => live.append({ rev, text, tier: rev === 0 ? 'claude' : 'gpt', model: 'm' });
  return { clock, deltas, checkpoints, live, append };
}

/** What a client shows that follows the wire rules: a higher rev replaces, offsets continue. */
function shown(deltas: readonly Delta[]): { rev: number; text: string } {
  let state = { rev: 0, text: '' };
  for (const delta of deltas) {
    const base = delta.rev > state.rev ? '' : state.text;
    expect(delta.offset).toBe(base.length);
    state = { rev: delta.rev, text: base + delta.text };
  }
  return state;
}

describe('a live answer', () => {
  it('[C7] sends the first text at once and gathers the rest for 40 ms', () => {
    const { clock, deltas, append } = setUp();
    append(0, 'You ');
    expect(deltas).toHaveLength(1);
    append(0, 'have ');
    clock.advance(39);
    append(0, '60 days.');
    expect(deltas).toHaveLength(1);
    clock.advance(1);
    expect(deltas.map((delta) => [delta.offset, delta.text])).toEqual([
      [0, 'You '],
      [4, 'have 60 days.'],
    ]);
  });

  it('[C8] checkpoints every 150 ms while text comes, never twice at once', async () => {
    const { clock, checkpoints, append } = setUp();
    append(0, 'a');
    clock.advance(149);
    expect(checkpoints).toHaveLength(0);
    clock.advance(1);
    append(0, 'b');
    clock.advance(150);
    expect(checkpoints.map((text) => text.text)).toEqual(['a']);
    await Promise.resolve();
    await Promise.resolve();
    await Promise.resolve();
    clock.advance(150);
    expect(checkpoints.at(-1)?.text).toBe('ab');
  });

  it('[C9] replaces from offset 0 with a higher rev and drops a lower one', () => {
    const { clock, deltas, live, append } = setUp();
    append(0, 'Half an ans');
    append(1, 'The whole answer');
    append(0, 'wer that comes too late');
    clock.advance(40);
    expect(shown(deltas)).toEqual({ rev: 1, text: 'The whole answer' });
    expect(live.text).toMatchObject({ rev: 1, tier: 'gpt' });
  });

  it('[C10] holds everything back while paused, and says nothing more once silenced', () => {
    const { clock, deltas, live, append } = setUp();
    append(0, 'before ');
    live.pause();
    append(0, 'held');
    clock.advance(1_000);
    expect(shown(deltas).text).toBe('before ');
    live.resume();
    expect(shown(deltas).text).toBe('before held');
    append(0, ' more');
    live.silence();
    clock.advance(1_000);
    live.flush();
    expect(shown(deltas).text).toBe('before held');
    expect(clock.pendingTimers).toBe(0);
  });

  it('[C9] shows exactly the text of the last rev, whatever the pieces, pauses and pace', () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('text' as const), text: fc.string({ minLength: 1, maxLength: 12 }) }),
      fc.record({ kind: fc.constant('replace' as const), text: fc.string({ minLength: 1, maxLength: 12 }) }),
      fc.record({ kind: fc.constant('late' as const), text: fc.string({ minLength: 1, maxLength: 12 }) }),
      fc.record({ kind: fc.constant('wait' as const), text: fc.constant('') }),
      fc.record({ kind: fc.constant('pause' as const), text: fc.constant('') }),
      fc.record({ kind: fc.constant('resume' as const), text: fc.constant('') }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const { clock, deltas, live, append } = setUp();
        let expected = { rev: 0, text: '' };
        for (const { kind, text } of steps) {
          if (kind === 'text') expected = { rev: expected.rev, text: expected.text + text };
          if (kind === 'replace') expected = { rev: expected.rev + 1, text };
          if (kind === 'text' || kind === 'replace') append(expected.rev, text);
          if (kind === 'late') append(expected.rev - 1, text);
          if (kind === 'wait') clock.advance(25);
          if (kind === 'pause') live.pause();
          if (kind === 'resume') live.resume();
        }
        live.resume();
        live.flush();
        expect(shown(deltas)).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  it('continues the text of a process that died from where it stands', () => {
    const { deltas, append } = setUp({ rev: 2, text: 'half' });
    append(3, 'whole');
    expect(deltas.map(({ rev, offset, text }) => ({ rev, offset, text }))).toEqual([{ rev: 3, offset: 0, text: 'whole' }]);
  });
});
