import type { FaqConflictView, FaqGap } from '@stepdown/protocol';
import { fireEvent, screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { openConsole } from '../../../testing/open-console.tsx';
import { acceptSaves, faqHouse, makeDetail, makeGap, makeList, makeRevision, WARRANTY } from '../testing/faq-house.ts';

function houseWithGaps(...gaps: FaqGap[]) {
  const house = faqHouse();
  const open = [...gaps];
  house.routes.set('GET /api/faq/gaps', () => ({ days: 30, gaps: open, total: open.length, dismissed: 0, phrasings: [] }));
  house.routes.set('POST /api/faq/gaps/msg_1/dismiss', () => {
    open.length = 0;
    return { ok: true };
  });
  house.routes.set('GET /api/faq/can-i-bring-my-llama', () => makeDetail({ id: 'can-i-bring-my-llama' }));
  acceptSaves(house, 'can-i-bring-my-llama');
  return house;
}

it('makes an entry of a gap with one click, and closes the gap when it is published', async () => {
  const { user, house } = await openConsole('/console/faq/gaps', { house: houseWithGaps(makeGap()) });
  expect(await screen.findByText('2 while models were down')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: /Write an entry/ }));
  expect((await screen.findByRole<HTMLInputElement>('textbox', { name: 'Question' })).value).toBe('Can I bring my llama?');
  expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Phrasing 1' }).value).toBe('llamas allowed?');
  expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Id' }).value).toBe('can-i-bring-my-llama');
  fireEvent.change(screen.getByRole('textbox', { name: 'Answer' }), { target: { value: 'On a lead.' } });
  await user.click(screen.getByRole('button', { name: 'Publish' }));
  expect(await screen.findByText('The gap is closed.')).toBeTruthy();
  expect(house.calls.find(({ name }) => name.startsWith('PUT '))?.payload).toMatchObject({
    baseRevision: 0,
    content: { answer: 'On a lead.' },
  });
  expect(window.location.pathname).toBe('/console/faq/entries/can-i-bring-my-llama');
});

it('takes the reply of an agent as the answer once somebody approves it', async () => {
  const suggestion = { answer: 'Yes, on a lead.', agent: 'Ben', conversationId: 'con_1', messageId: 'msg_9', hasPersonalData: true };
  const { user } = await openConsole('/console/faq/gaps', { house: houseWithGaps(makeGap({ suggestion })) });
  expect(await screen.findByText('holds personal data, take it out')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Approve as an answer' }));
  expect((await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Answer' })).value).toBe('Yes, on a lead.');
});

it('adds the question to the entry that came nearest', async () => {
  const house = houseWithGaps(makeGap({ nearest: { entryId: 'warranty', score: 0.1 } }));
  acceptSaves(house);
  const { user } = await openConsole('/console/faq/gaps', { house });
  await user.click(await screen.findByRole('button', { name: /^Add to warranty/ }));
  expect((await screen.findByRole<HTMLInputElement>('textbox', { name: 'Phrasing 2' })).value).toBe('Can I bring my llama?');
  await user.click(screen.getByRole('button', { name: 'Publish' }));
  expect(await screen.findByText('The gap is closed.')).toBeTruthy();
});

it('dismisses a gap', async () => {
  const { user } = await openConsole('/console/faq/gaps', { house: houseWithGaps(makeGap()) });
  await user.click(await screen.findByRole('button', { name: /^Dismiss\s*“/ }));
  expect(await screen.findByText('No gap is open')).toBeTruthy();
});

it('shows entries that contradict each other first', async () => {
  const house = faqHouse();
  const side = (id: string) => ({ id, phrasing: `Phrasing of ${id}` });
  house.routes.set('GET /api/faq/duplicates', () => ({
    pairs: [
      { kind: 'duplicate', locale: 'en', first: side('a'), second: side('b'), similarity: 0.99 },
      { kind: 'contradiction', locale: 'en', first: side('c'), second: side('d'), similarity: 0.8 },
    ],
  }));
  await openConsole('/console/faq/duplicates', { house });
  const pairs = within(await screen.findByRole('list', { name: 'Pairs' })).getAllByRole('listitem');
  expect(pairs[0]?.textContent).toMatch(/Contradiction.*80 % alike/);
  expect(within(pairs[0] as HTMLElement).getByRole('link', { name: 'c' })).toBeTruthy();
});

const CONFLICT: FaqConflictView = {
  id: 'conflict_1',
  entryId: 'warranty',
  locale: 'en',
  path: 'en/warranty.md',
  detectedAt: 1_000,
  live: 'store',
  base: null,
  file: { ...WARRANTY, answer: 'Says the file.' },
  store: makeRevision({ content: { ...WARRANTY, answer: 'Says the console.' } }),
  latestRevision: 3,
  diff: [{ kind: 'added', text: 'Says the file.' }],
};

it.each([
  ['Use the file as it is', { choice: 'file', baseRevision: 3 }],
  ['Use the console’s text', { choice: 'store', baseRevision: 3 }],
])('settles a conflict: %s', async (button, sent) => {
  const house = faqHouse({ conflicts: [CONFLICT] });
  house.routes.set('POST /api/faq/conflicts/conflict_1/resolve', () => {
    house.routes.set('GET /api/faq', () => makeList());
    return { ok: true, revision: makeRevision(), warnings: [], file: null };
  });
  const { user } = await openConsole('/console/faq', { house });
  await user.click(await screen.findByRole('link', { name: 'warranty in English' }));
  expect((await screen.findByRole('group', { name: 'Answer' })).textContent).toContain('Says the file.');
  await user.click(screen.getByRole('button', { name: button }));
  await expect.poll(() => house.calls.find(({ name }) => name.endsWith('/resolve'))?.payload).toEqual(sent);
  expect(await screen.findByRole('heading', { name: 'Edit an entry' })).toBeTruthy();
});

it('publishes a merge of both sides', async () => {
  const house = faqHouse({ conflicts: [CONFLICT] });
  const { user } = await openConsole('/console/faq/conflicts/conflict_1', { house });
  const text = await screen.findByRole('textbox', { name: 'Answer' });
  fireEvent.change(text, { target: { value: 'Says everybody.' } });
  await user.click(screen.getByRole('button', { name: 'Publish this' }));
  await expect
    .poll(() => house.calls.find(({ name }) => name.endsWith('/resolve'))?.payload)
    .toMatchObject({ choice: 'merged', content: { answer: 'Says everybody.' } });
});
