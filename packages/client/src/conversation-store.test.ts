import type { Message, MessageDelta } from '@stepdown/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ConversationEvent,
  type ConversationState,
  emptyConversation,
  hasGap,
  isContinuing,
  reduceConversation,
  resumeSeq,
} from './conversation-store.ts';

const conversation = { id: 'con_1', state: 'pending', lastSeq: 1, handoff: { state: 'none' }, createdAt: 1 } as const;

function answer(fields: Partial<Message> = {}): Message {
  return { id: 'm1', conversationId: 'con_1', seq: 1, rev: 0, author: 'assistant', text: '', status: 'streaming', createdAt: 1, ...fields };
}

function play(events: readonly ConversationEvent[], from: ConversationState = emptyConversation): ConversationState {
  return events.reduce(reduceConversation, from);
}

const created = (message: Message): ConversationEvent => ({ type: 'created', message });
const delta = (rev: number, offset: number, text: string): ConversationEvent => ({
  type: 'delta',
  delta: { messageId: 'm1', rev, offset, text },
});
const completed = (message: Message): ConversationEvent => ({ type: 'completed', message });
const shown = (state: ConversationState) => state.messages[0]?.text;

describe('deltas', () => {
  it('[P10] appends at the end, ignores what is known, keeps the new part of an overlap', () => {
    const state = play([created(answer()), delta(0, 0, 'Hello'), delta(0, 0, 'Hel'), delta(0, 3, 'lo, you'), delta(0, 3, 'lo')]);
    expect(shown(state)).toBe('Hello, you');
  });

  it('[P10] holds a delta above a gap until the gap is filled', () => {
    const early = play([created(answer()), delta(0, 5, ' you')]);
    expect(shown(early)).toBe('');
    expect(hasGap(early)).toBe(true);
    const late = reduceConversation(early, delta(0, 0, 'Hello'));
    expect(shown(late)).toBe('Hello you');
    expect(hasGap(late)).toBe(false);
  });

  it('[P10] a higher revision replaces the text from offset 0, a lower one is dropped', () => {
    const state = play([created(answer()), delta(0, 0, 'Old text'), delta(1, 0, 'New'), delta(0, 8, ' goes on')]);
    expect(shown(state)).toBe('New');
    expect(state.messages[0]?.rev).toBe(1);
  });

  it('[P10] the middle of a higher revision waits for its beginning', () => {
    const state = play([created(answer()), delta(0, 0, 'Old'), delta(1, 3, ' text')]);
    expect(shown(state)).toBe('Old');
    expect(shown(reduceConversation(state, delta(1, 0, 'New')))).toBe('New text');
  });

  it('[P11][C5] no delta touches a completed message', () => {
    const state = play([
      created(answer()),
      completed(answer({ text: 'Done.', status: 'complete' })),
      delta(0, 5, ' More'),
      delta(1, 0, 'Other'),
    ]);
    expect(shown(state)).toBe('Done.');
    expect(hasGap(state)).toBe(false);
  });

  it('a delta of a message that was not announced yet waits for it', () => {
    const state = play([delta(0, 0, 'Hello'), created(answer())]);
    expect(shown(state)).toBe('Hello');
  });
});

describe('whole messages', () => {
  it('[P9] a message that is known is not announced twice', () => {
    const state = play([created(answer()), delta(0, 0, 'Hello')]);
    expect(reduceConversation(state, created(answer()))).toBe(state);
  });

  it('[P12] an update is taken if its revision is not older', () => {
    const state = play([created(answer({ rev: 1, text: 'Text' }))]);
    expect(shown(reduceConversation(state, { type: 'updated', message: answer({ rev: 0, status: 'interrupted', text: 'Old' }) }))).toBe(
      'Text',
    );
    const rated = reduceConversation(state, {
      type: 'updated',
      message: answer({ rev: 1, text: 'Text', status: 'complete', rating: 'up' }),
    });
    expect(rated.messages[0]?.rating).toBe('up');
  });

  it('[P14][C3] a replay keeps what is further along here', () => {
    const ahead = play([created(answer()), delta(0, 0, 'Hello you')]);
    const behind = reduceConversation(ahead, { type: 'opened', conversation, messages: [answer({ text: 'Hello' })] });
    expect(shown(behind)).toBe('Hello you');
    const later = reduceConversation(ahead, { type: 'opened', conversation, messages: [answer({ text: 'Hello you there' })] });
    expect(shown(later)).toBe('Hello you there');
  });

  it('interrupted text continues until another tier replaces or completes it', () => {
    const cut = play([
      created(answer()),
      delta(0, 0, 'Half'),
      { type: 'updated', message: answer({ text: 'Half', status: 'interrupted' }) },
    ]);
    const [message] = cut.messages;
    expect(message && isContinuing(cut, message)).toBe(true);
    const replaced = reduceConversation(cut, delta(1, 0, 'Whole'));
    expect(replaced.messages[0]).toMatchObject({ text: 'Whole', status: 'streaming', rev: 1 });
    const ended = reduceConversation(cut, completed(answer({ text: 'Half', status: 'interrupted' })));
    expect(ended.messages[0] && isContinuing(ended, ended.messages[0])).toBe(false);
  });

  it('[C4] resumes below the first hole and below the first unfinished answer', () => {
    const visitor = (seq: number) => answer({ id: `v${seq}`, seq, author: 'visitor', status: 'complete' });
    expect(resumeSeq(play([created(visitor(1)), created(visitor(2)), created(visitor(4))]))).toBe(2);
    expect(resumeSeq(play([created(visitor(1)), created(answer({ seq: 2 })), created(visitor(3))]))).toBe(1);
    expect(hasGap(play([created(visitor(1)), created(visitor(3))]))).toBe(true);
  });

  it('another conversation starts empty', () => {
    const state = play([{ type: 'opened', conversation, messages: [answer({ text: 'A' })] }]);
    const other = reduceConversation(state, { type: 'opened', conversation: { ...conversation, id: 'con_2' }, messages: [] });
    expect(other.messages).toEqual([]);
  });
});

/** A message as the server lived it: each revision's text, cut into pieces at random. */
const life = fc.array(fc.array(fc.string({ unit: 'binary', minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 6 }), {
  minLength: 1,
  maxLength: 4,
});

function deltasOf(revisions: readonly (readonly string[])[]): MessageDelta[] {
  return revisions.flatMap((pieces, rev) => {
    let offset = 0;
    return pieces.map((text) => {
      const one = { messageId: 'm1', rev, offset, text };
      offset += text.length;
      return one;
    });
  });
}

/** What the server would answer to `conversation:open` after the first `count` deltas. */
function snapshotAfter(deltas: readonly MessageDelta[], count: number): Message {
  const sent = deltas.slice(0, count);
  const rev = sent.at(-1)?.rev ?? 0;
  return answer({
    rev,
    text: sent
      .filter((one) => one.rev === rev)
      .map((one) => one.text)
      .join(''),
  });
}

/** Any piece of any revision: after a reconnect the server cuts the same text at other places. */
function recut(revisions: readonly (readonly string[])[]): fc.Arbitrary<ConversationEvent> {
  return fc.tuple(fc.nat(revisions.length - 1), fc.nat(30), fc.nat(30)).map(([rev, from, size]) => {
    const whole = revisions[rev]?.join('') ?? '';
    const offset = Math.min(from, whole.length - 1);
    return delta(rev, offset, whole.slice(offset, offset + size + 1));
  });
}

describe('random transports', () => {
  const plan = life.chain((revisions) => {
    const deltas = deltasOf(revisions);
    const step = fc.oneof(
      {
        weight: 8,
        arbitrary: fc
          .nat(deltas.length - 1)
          .map((index): ConversationEvent => ({ type: 'delta', delta: deltas[index] ?? deltas[0] ?? never() })),
      },
      { weight: 4, arbitrary: recut(revisions) },
      {
        weight: 1,
        arbitrary: fc
          .nat(deltas.length)
          .map((count): ConversationEvent => ({ type: 'opened', conversation, messages: [snapshotAfter(deltas, count)] })),
      },
    );
    return fc.record({ deltas: fc.constant(deltas), steps: fc.array(step, { maxLength: 60 }) });
  });

  it('[C1] shows only prefixes of one revision, whatever is lost, repeated, reordered or replayed', () => {
    fc.assert(
      fc.property(plan, ({ deltas, steps }) => {
        let state = play([created(answer())]);
        let lastRev = 0;
        for (const step of steps) {
          state = reduceConversation(state, step);
          const [message] = state.messages;
          const whole = deltas
            .filter((one) => one.rev === message?.rev)
            .map((one) => one.text)
            .join('');
          expect(whole.startsWith(message?.text ?? '?')).toBe(true);
          expect(message?.rev).toBeGreaterThanOrEqual(lastRev);
          lastRev = message?.rev ?? 0;
        }
      }),
      { numRuns: 400 },
    );
  });

  it('[C2] ends equal to the server after the last replay or the completion', () => {
    fc.assert(
      fc.property(plan, fc.boolean(), ({ deltas, steps }, isCompleted) => {
        const last = snapshotAfter(deltas, deltas.length);
        const end: ConversationEvent = isCompleted
          ? completed({ ...last, status: 'complete' })
          : { type: 'opened', conversation, messages: [last] };
        const state = play([created(answer()), ...steps, end]);
        expect(shown(state)).toBe(last.text);
        expect(hasGap(state)).toBe(false);
      }),
      { numRuns: 400 },
    );
  });

  it('[P10] every delta once, in any order, gives the last revision whole', () => {
    fc.assert(
      fc.property(
        life.chain((revisions) => {
          const deltas = deltasOf(revisions);
          return fc.tuple(fc.constant(deltas), fc.shuffledSubarray(deltas, { minLength: deltas.length }));
        }),
        ([deltas, shuffled]) => {
          const state = play([created(answer()), ...shuffled.map((one): ConversationEvent => ({ type: 'delta', delta: one }))]);
          expect(state.messages[0]).toMatchObject(snapshotAfter(deltas, deltas.length));
        },
      ),
      { numRuns: 400 },
    );
  });
});

function never(): never {
  throw new Error('a life has at least one delta');
}
