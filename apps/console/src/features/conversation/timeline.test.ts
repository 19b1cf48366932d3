import type { Message } from '@stepdown/protocol';
import { describe, expect, it } from 'vitest';
import { buildTimeline } from './timeline.ts';

const noon = new Date(2026, 10, 25, 12).getTime();

function message(seq: number, fields: Partial<Message> = {}): Message {
  return {
    id: `m${seq}`,
    conversationId: 'c',
    seq,
    rev: 0,
    author: 'visitor',
    text: 'x',
    status: 'complete',
    createdAt: noon + seq * 1_000,
    ...fields,
  };
}

const note = (createdAt: number) => ({ id: 'n', conversationId: 'c', authorName: 'Mara', text: 'look', createdAt, mentions: [] });
const nothing = { messages: [], notes: [], turns: [], outgoing: [] };

describe('the timeline', () => {
  it('puts notes between the messages by their time, and those of later at the end', () => {
    const items = buildTimeline({ ...nothing, messages: [message(1), message(3)], notes: [note(noon + 2_000)] }, noon);
    expect(items.map((item) => item.key)).toEqual(['day-Today', 'm1', 'n', 'm3']);
    const late = buildTimeline({ ...nothing, messages: [message(1)], notes: [note(noon + 9_000)] }, noon);
    expect(late.at(-1)?.key).toBe('n');
  });

  it('names the author again after another one, a pause, a note or another tier', () => {
    const isFirst = (...messages: Message[]) =>
      buildTimeline({ ...nothing, messages }, noon).flatMap((item) => (item.kind === 'message' ? [item.isFirst] : []));
    expect(isFirst(message(1), message(2))).toEqual([true, false]);
    expect(isFirst(message(1), message(2, { author: 'agent' }))).toEqual([true, true]);
    expect(isFirst(message(1), message(2, { createdAt: noon + 301_000 }))).toEqual([true, true]);
    expect(isFirst(message(1, { author: 'assistant', tier: 'claude' }), message(2, { author: 'assistant', tier: 'faq' }))).toEqual([
      true,
      true,
    ]);
  });

  it('parts the days', () => {
    const items = buildTimeline({ ...nothing, messages: [message(1, { createdAt: noon - 86_400_000 }), message(2)] }, noon);
    expect(items.flatMap((item) => (item.kind === 'day' ? [item.label] : []))).toEqual(['Yesterday', 'Today']);
  });

  it('gives an answer the trail of its turn, and ends with what is on its way', () => {
    const turn = { turnId: 't', questionMessageId: 'm1', answerMessageId: 'm2', startedAt: 1, endedAt: 2, cause: 'answered', attempts: [] };
    const reply = { clientMessageId: 'cm', text: 'y', createdAt: noon, delivery: 'sending' } as const;
    const items = buildTimeline(
      { messages: [message(1), message(2, { author: 'assistant' })], notes: [], turns: [turn], outgoing: [reply] },
      noon,
    );
    expect(items.flatMap((item) => (item.kind === 'message' ? [item.trail?.turnId ?? null] : []))).toEqual([null, 't']);
    expect(items.at(-1)).toMatchObject({ kind: 'outgoing', key: 'cm' });
  });
});
