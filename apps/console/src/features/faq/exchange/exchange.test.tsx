import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { openConsole } from '../../../testing/open-console.tsx';
import { faqHouse } from '../testing/faq-house.ts';

function houseThatImports() {
  const house = faqHouse();
  house.routes.set('POST /api/faq/import', ({ dryRun }) => ({
    ok: true,
    format: 'csv',
    isDryRun: dryRun,
    counts: { new: 1, changed: 1, unchanged: 0, bad: 1 },
    entries: [
      { kind: 'new', id: 'tea', locale: 'en', question: 'Tea?', fields: [], warnings: [] },
      { kind: 'changed', id: 'pot', locale: 'en', question: 'Pot?', fields: ['answer'], warnings: [] },
    ],
    bad: [{ row: 7, path: null, reason: 'id may hold lower-case letters only' }],
    imported: dryRun === true ? 0 : 2,
    problems: [],
  }));
  return house;
}

const sent = (house: ReturnType<typeof faqHouse>) =>
  house.calls.filter(({ name }) => name === 'POST /api/faq/import').map(({ payload }) => payload);

it('rehearses an import, names the bad rows, and takes over the rest when told to', async () => {
  const { user, house } = await openConsole('/console/faq/exchange', { house: houseThatImports() });
  await user.upload(await screen.findByLabelText('File'), new File(['id,question\n'], 'faq.csv'));
  const bad = await screen.findByRole('region', { name: 'Bad rows' });
  expect(within(bad).getByRole('row', { name: '7 id may hold lower-case letters only' })).toBeTruthy();
  expect(sent(house)).toEqual([{ format: 'csv', text: 'id,question\n', dryRun: true, status: 'published' }]);
  await user.click(screen.getByRole('button', { name: 'Import 2 entries, leave out 1' }));
  expect(await screen.findByText('2 entries imported.')).toBeTruthy();
  expect(sent(house)[1]).toMatchObject({ dryRun: false });
  expect(screen.queryByRole('button', { name: /^Import 2/ })).toBeNull();
});

it('reads a Markdown file as one entry of the chosen language', async () => {
  const { user, house } = await openConsole('/console/faq/exchange', { house: houseThatImports() });
  await user.selectOptions(await screen.findByRole('combobox', { name: 'Language of Markdown files' }), 'de');
  await user.upload(screen.getByLabelText('File'), new File(['---\nid: tea\n---\nJa.'], 'tea.md'));
  await expect
    .poll(() => sent(house)[0])
    .toMatchObject({ format: 'markdown', files: [{ path: 'de/tea.md', text: '---\nid: tea\n---\nJa.' }] });
});

it('refuses files it can’t read before anything is sent', async () => {
  const { user, house } = await openConsole('/console/faq/exchange', { house: houseThatImports() });
  const input = await screen.findByLabelText('File');
  await user.upload(input, [new File(['a'], 'a.md'), new File(['b'], 'b.csv')]);
  expect(await screen.findByText(/Several files at once can only be Markdown; b.csv is not/)).toBeTruthy();
  expect(sent(house)).toEqual([]);
});

it('offers every format for download', async () => {
  const { user } = await openConsole('/console/faq/exchange', { house: faqHouse() });
  const card = await screen.findByRole('region', { name: 'Export' });
  await user.selectOptions(within(card).getByRole('combobox', { name: 'Language' }), 'de');
  const links = within(card)
    .getAllByRole('link')
    .map((link) => link.getAttribute('href'));
  expect(links).toEqual(['csv', 'json', 'markdown'].map((format) => `/api/faq/export?format=${format}&locale=de`));
});
