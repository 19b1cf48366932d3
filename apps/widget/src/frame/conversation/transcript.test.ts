import { expect, it } from 'vitest';
import en from '../../locales/en.ts';
import { messageView } from '../../testing/fake-client.ts';
import { writeTranscript } from './transcript.ts';

it('a transcript names who spoke and when, in plain words', () => {
  const text = writeTranscript(
    [messageView({ author: 'visitor', text: 'Hello' }), messageView({ text: 'You have **60 days**.', tier: 'faq' })],
    en,
    'en',
  );
  expect(text).toMatch(/^You, .+\nHello\n\nAnswer from our team, .+\nYou have 60 days\.\n$/);
});
