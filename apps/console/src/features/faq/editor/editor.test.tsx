import { createMemoryStorage, type StoragePort } from '@stepdown/client/agent';
import type { FakeHouse } from '@stepdown/client/testing';
import type { FaqReplayResult } from '@stepdown/protocol';
import { fireEvent, screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { openConsole } from '../../../testing/open-console.tsx';
import { acceptSaves, faqHouse, makeDetail, makeRevision, WARRANTY } from '../testing/faq-house.ts';

const ADDRESS = '/console/faq/entries/warranty?locale=en';
const answer = () => screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Answer' });
const saves = (house: FakeHouse) => house.calls.filter(({ name }) => name.startsWith('PUT ')).map(({ payload }) => payload);

async function openEntry(house = faqHouse(), storage: StoragePort = createMemoryStorage()) {
  acceptSaves(house);
  const opened = await openConsole(ADDRESS, { house, storage });
  await answer();
  return opened;
}

it('shows the answer as the widget draws it, while it is typed', async () => {
  const { user } = await openEntry();
  const preview = screen.getByRole('region', { name: 'Preview' });
  expect(within(preview).getByText('25 years').tagName).toBe('STRONG');
  await user.clear(await answer());
  await user.type(await answer(), '*Ninety* <b>x</b>');
  await expect.poll(() => preview.querySelector('em')?.textContent).toBe('Ninety');
  expect(preview.textContent).toContain('<b>x</b>');
});

it('saves a draft with Ctrl and S, on the revision it was opened on', async () => {
  const { user, house } = await openEntry();
  await user.type(await answer(), ' More.');
  expect(screen.getByText('Not saved.')).toBeTruthy();
  await user.keyboard('{Control>}s{/Control}');
  expect(await screen.findByText(/Draft saved/)).toBeTruthy();
  expect(saves(house)).toEqual([
    { locale: 'en', baseRevision: 3, status: 'draft', content: { ...WARRANTY, answer: 'You have **25 years**. More.' } },
  ]);
  expect(screen.queryByText('Not saved.')).toBeNull();
});

it('adds, removes and pastes phrasings', async () => {
  const { user, house } = await openEntry();
  await user.click(screen.getByRole('textbox', { name: 'Phrasing 1' }));
  await user.keyboard('{Enter}');
  await expect.poll(() => document.activeElement?.getAttribute('aria-label')).toBe('Phrasing 2');
  await user.keyboard('second');
  await user.click(screen.getByRole('button', { name: 'Remove phrasing 1' }));
  await user.click(screen.getByRole('button', { name: 'Paste many' }));
  await user.click(screen.getByRole('textbox', { name: 'One phrasing a line' }));
  await user.paste('- third\n2. “fourth”\n\nthird');
  await user.click(screen.getByRole('button', { name: 'Add 2 phrasings' }));
  await user.click(screen.getByRole('button', { name: /^Add\s*“my tent has a hole/ }));
  await user.click(screen.getByRole('button', { name: 'Save draft' }));
  await expect.poll(() => saves(house)[0]?.content).toMatchObject({ variants: ['second', 'third', 'fourth', 'my tent has a hole'] });
});

it('says what is missing before anything is sent', async () => {
  const { user, house } = await openEntry();
  await user.clear(await answer());
  await user.click(screen.getByRole('button', { name: 'Publish' }));
  expect(await screen.findByText('Write the answer.')).toBeTruthy();
  await expect.poll(async () => document.activeElement === (await answer())).toBe(true);
  expect(house.calls.some(({ name }) => name.endsWith('/replay'))).toBe(false);
});

it('shows what the server warns of', async () => {
  const house = faqHouse();
  const { user } = await openEntry(house);
  house.routes.set('PUT /api/faq/warranty', ({ content, locale, status }) => ({
    ok: true,
    revision: { ...makeRevision({ revision: 4 }), content, locale, status },
    warnings: [{ code: 'instruction-like', field: 'variants.0', message: '"ignore the rules" reads like an order to the AI.' }],
    file: null,
  }));
  await user.type(await answer(), ' x');
  await user.click(screen.getByRole('button', { name: 'Save draft' }));
  expect((await screen.findByRole('region', { name: 'Warnings' })).textContent).toContain(
    'Phrasing 1: "ignore the rules" reads like an order',
  );
});

it('publishes at once when no real question would break', async () => {
  const { user, house } = await openEntry();
  await user.type(await answer(), ' More.');
  await user.click(screen.getByRole('button', { name: 'Publish' }));
  expect(await screen.findByText('Published and live.')).toBeTruthy();
  expect(saves(house)[0]).toMatchObject({ status: 'published' });
});

it('asks before it breaks answers, and names the questions', async () => {
  const house = faqHouse();
  const change = { messageId: 'm1', conversationId: 'c1', question: 'my boots broke', locale: 'en', at: 1, effect: 'broken' } as const;
  const replay: FaqReplayResult = {
    asked: 12,
    unchanged: 11,
    broken: 1,
    gained: 0,
    changes: [
      {
        ...change,
        before: { kind: 'answer', entryId: 'warranty', score: 0.9 },
        after: { kind: 'abstain', entryId: null, score: null },
      },
    ],
  };
  house.routes.set('POST /api/faq/replay', () => replay);
  const { user } = await openEntry(house);
  await user.type(await answer(), ' More.');
  await user.click(screen.getByRole('button', { name: 'Publish' }));
  const dialog = await screen.findByRole('dialog', { name: 'Publish and break answers?' });
  expect(dialog.textContent).toContain('my boots broke');
  expect(dialog.textContent).toContain('answered by warranty 90 % → no answer');
  expect(saves(house)).toEqual([]);
  await user.click(within(dialog).getByRole('button', { name: 'Publish anyway' }));
  await expect.poll(() => saves(house)).toHaveLength(1);
});

it('shows the text of whoever saved first beside yours, and loses neither', async () => {
  const house = faqHouse();
  const { user } = await openEntry(house);
  house.routes.set('PUT /api/faq/warranty', ({ baseRevision, content, locale, status }) => {
    const latest = makeRevision({
      revision: 4,
      author: 'Ben',
      content: { ...WARRANTY, question: 'Ben’s question?', answer: 'Ben’s answer.' },
    });
    if (baseRevision !== 4) return { ok: false, error: { code: 'conflict', message: 'Ben saved first' }, latest, diff: [] };
    return { ok: true, revision: { ...makeRevision({ revision: 5 }), content, locale, status }, warnings: [], file: null };
  });
  fireEvent.change(await answer(), { target: { value: 'My answer.' } });
  await user.click(screen.getByRole('button', { name: 'Save draft' }));
  const panel = await screen.findByRole('region', { name: 'Somebody saved first' });
  expect(panel.textContent).toContain('Ben’s answer.');
  expect((await answer()).value).toBe('My answer.');
  const question = within(panel).getByRole('group', { name: 'Question' });
  await user.click(within(question).getByRole('radio', { name: 'Theirs' }));
  await user.click(within(panel).getByRole('button', { name: 'Go on with what is chosen' }));
  await user.click(screen.getByRole('button', { name: 'Save draft' }));
  await expect
    .poll(() => saves(house)[1])
    .toMatchObject({ baseRevision: 4, content: { question: 'Ben’s question?', answer: 'My answer.' } });
});

it('keeps unsaved text on this device through a failure and a reload', async () => {
  const storage = createMemoryStorage();
  const house = faqHouse();
  const first = await openEntry(house, storage);
  fireEvent.change(await answer(), { target: { value: 'Typed in the train.' } });
  house.isUp = false;
  await first.user.click(screen.getByRole('button', { name: 'Save draft' }));
  expect(await screen.findByText(/can’t be reached.*kept on this device/)).toBeTruthy();
  first.client.destroy();
  document.body.replaceChildren();
  house.isUp = true;
  await openEntry(house, storage);
  expect((await answer()).value).toBe('Typed in the train.');
  expect(screen.getByText('Text from your last visit, not saved.')).toBeTruthy();
});

it('asks before a link leaves unsaved text behind', async () => {
  const { user, storage } = await openEntry();
  fireEvent.change(await answer(), { target: { value: 'Not yet.' } });
  await user.click(screen.getByRole('link', { name: 'All entries' }));
  const dialog = await screen.findByRole('dialog', { name: 'Leave without saving?' });
  await user.click(within(dialog).getByRole('button', { name: 'Stay' }));
  expect((await answer()).value).toBe('Not yet.');
  await user.click(screen.getByRole('link', { name: 'All entries' }));
  await user.click(await screen.findByRole('button', { name: 'Leave' }));
  expect(await screen.findByRole('heading', { name: 'FAQ' })).toBeTruthy();
  expect(storage.get('draft:agt_1:faq:en/warranty')).toContain('Not yet.');
  expect(await screen.findByText('Not saved')).toBeTruthy();
});

it('puts an old text into the editor, and undoes the last publish', async () => {
  const house = faqHouse();
  const old = { ...makeRevision({ revision: 1, content: { ...WARRANTY, answer: 'Two years.' } }), diff: [], isLive: false };
  house.routes.set('GET /api/faq/warranty/history', () => ({ id: 'warranty', locale: 'en', revisions: [old] }));
  house.routes.set('POST /api/faq/warranty/undo', () => ({ ok: true, revision: makeRevision({ revision: 4 }), warnings: [], file: null }));
  const { user } = await openEntry(house);
  await user.click(screen.getByRole('button', { name: 'History' }));
  await user.click(await screen.findByRole('button', { name: 'Put this text into the editor' }));
  expect((await answer()).value).toBe('Two years.');
  await user.click(screen.getByRole('button', { name: 'Discard' }));
  await expect.poll(async () => (await answer()).value).toBe(WARRANTY.answer);
  await user.click(screen.getByRole('button', { name: 'Undo the last publish' }));
  await expect.poll(() => house.calls.find(({ name }) => name.endsWith('/undo'))?.payload).toEqual({ locale: 'en', baseRevision: 3 });
});

it('begins a translation from the source, and says when one is older', async () => {
  const { user, house } = await openEntry();
  await user.click(screen.getByRole('link', { name: /German/ }));
  expect(await screen.findByText('The English text has changed since this was published')).toBeTruthy();
  await user.click(screen.getByRole('link', { name: /French/ }));
  await user.click(await screen.findByRole('button', { name: 'Start from the English text' }));
  expect((await answer()).value).toBe(WARRANTY.answer);
  await user.click(screen.getByRole('button', { name: 'Save draft' }));
  await expect.poll(() => saves(house)[0]).toMatchObject({ locale: 'fr', baseRevision: 0 });
});

it('names a new entry after its question, and forgets it when it is discarded', async () => {
  const { user, storage } = await openConsole('/console/faq/new', { house: faqHouse() });
  await user.type(await screen.findByRole('textbox', { name: 'Question' }), 'Où est mon colis?');
  const id = screen.getByRole<HTMLInputElement>('textbox', { name: 'Id' });
  expect(id.placeholder).toBe('ou-est-mon-colis');
  await user.type(id, 'Mon Colis');
  await user.click(screen.getByRole('button', { name: 'Save draft' }));
  expect(await screen.findByText(/^Lower-case letters, digits/)).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Discard' }));
  expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Question' }).value).toBe('');
  expect(storage.keys('draft:agt_1:faq')).toEqual([]);
});

it('brings an archived entry back', async () => {
  const house = faqHouse();
  const [english] = makeDetail().locales;
  const archived = { ...english, state: 'archived', live: null } as never;
  house.routes.set('GET /api/faq/warranty', () => makeDetail({ locales: [archived] }));
  house.routes.set('GET /api/faq/warranty/history', () => ({ revisions: [{ ...makeRevision(), diff: [], isLive: false }] }));
  house.routes.set('POST /api/faq/warranty/undo', () => ({ ok: true, revision: makeRevision(), warnings: [], file: null }));
  const { user } = await openConsole(ADDRESS, { house });
  await screen.findByText('25 years');
  await user.click(screen.getByRole('button', { name: 'Bring it back' }));
  expect(await screen.findByText('It is live again.')).toBeTruthy();
});

it('tries a question against what is being written, and says why', async () => {
  const { user, house } = await openEntry();
  fireEvent.change(await answer(), { target: { value: 'A draft.' } });
  await user.type(screen.getByRole('textbox', { name: 'Customer’s question' }), 'garantee zorp{Enter}');
  const ranking = await screen.findByRole('region', { name: 'Ranking' });
  expect(ranking.textContent).toContain('offered from 20 %, served from 60 %');
  expect(ranking.textContent).toContain('91 %');
  expect(ranking.textContent).toMatch(/read as.*garantee → guarantee.*unknown words.*zorp/);
  expect(screen.getByText(/What Claude would get: 1 entry/)).toBeTruthy();
  const sent = () => house.calls.filter(({ name }) => name === 'POST /api/faq/test').map(({ payload }) => payload);
  expect(sent()[0]).toMatchObject({ question: 'garantee zorp', draft: { id: 'warranty', content: { answer: 'A draft.' } } });
  await user.click(screen.getByRole('button', { name: 'What is live' }));
  await expect.poll(() => sent()[1]).toEqual({ question: 'garantee zorp', locale: 'en' });
});
