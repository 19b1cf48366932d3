import { makeConversation } from '@stepdown/client/testing';
import type { Message } from '@stepdown/protocol';
import { expect, it } from 'vitest';
import { transcriptText } from './transcript.ts';

it('names every speaker with tier and model, without markup', () => {
  const conversation = makeConversation({ identity: { name: 'Lena', email: null, isVerified: true } });
  const base = { conversationId: 'con_1', rev: 0, status: 'complete', createdAt: 0 } as const;
  const messages: Message[] = [
    { ...base, id: '1', seq: 1, author: 'visitor', text: 'Where is it?' },
    { ...base, id: '2', seq: 2, author: 'assistant', tier: 'gpt', model: 'gpt-5.5', text: 'On its **way**' },
    { ...base, id: '3', seq: 3, author: 'assistant', status: 'streaming', text: '' },
    { ...base, id: '4', seq: 4, author: 'agent', authorName: 'Ma\u202era', text: 'Sorry' },
  ];
  const text = transcriptText(conversation, messages);
  expect(text).toContain('With Lena (verified)');
  expect(text).toMatch(/\] Lena\nWhere is it\?/);
  expect(text).toMatch(/\] Assistant \(GPT, gpt-5\.5\)\nOn its way/);
  expect(text).toMatch(/\] Mara\nSorry/);
  expect(text.match(/^\[/gm)).toHaveLength(3);
});
