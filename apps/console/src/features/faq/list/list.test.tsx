import { makeSession } from '@stepdown/client/testing';
import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { openConsole } from '../../../testing/open-console.tsx';
import { faqHouse, makeItem, makeList } from '../testing/faq-house.ts';

const entries = async () => (await screen.findAllByRole('listitem')).filter((item) => item.querySelector('[data-entry]') !== null);

it('lists entries with what each language is and needs', async () => {
  await openConsole('/console/faq', { house: faqHouse() });
  const [row] = await entries();
  expect(row?.textContent).toContain('How long is the guarantee?');
  expect(row?.textContent).toContain('German: older');
  expect(row?.textContent).toContain('French: missing');
  expect(await screen.findByText(/would have answered 70 % of the last 30 days/)).toBeTruthy();
});

it('asks the server for what is looked for, and keeps it in the address', async () => {
  const { user, house } = await openConsole('/console/faq', { house: faqHouse() });
  await screen.findByText('1 entry');
  await user.click(screen.getByRole('button', { name: /Translation older/ }));
  await user.selectOptions(screen.getByRole('combobox', { name: 'Language' }), 'de');
  await user.type(screen.getByRole('searchbox', { name: 'Search entries' }), 'tent');
  await expect
    .poll(() => house.calls.filter(({ name }) => name === 'GET /api/faq').map(({ payload }) => payload))
    .toContainEqual({ flag: 'stale', locale: 'de', search: 'tent', limit: '60' });
  expect(window.location.search).toBe('?view=stale&search=tent&locale=de');
  expect((await screen.findByRole('link', { name: 'Wie lange gilt die Garantie?' })).getAttribute('href')).toContain('locale=de');
});

it('names a broken file with line, reason and remedy, and the entries it belongs to', async () => {
  const problem = {
    path: 'en/broken.md',
    line: 4,
    reason: 'variants is no list',
    remedy: 'write one phrasing a line',
    severity: 'error',
  } as const;
  const broken = makeItem({
    id: 'broken',
    question: 'Is it broken?',
    locales: [{ ...makeItem().locales[0], path: 'en/broken.md' } as never],
  });
  const house = faqHouse({ problems: [problem], items: [makeItem(), broken], total: 2 });
  const { user } = await openConsole('/console/faq', { house });
  const region = await screen.findByRole('region', { name: 'Problems' });
  expect(region.textContent).toContain('en/broken.md:4Variants is no list. Write one phrasing a line.');
  expect(region.textContent).toContain('The last good version of each stays live');
  await user.click(screen.getByRole('button', { name: /Problems 1/ }));
  await expect.poll(async () => (await entries()).map((row) => row.textContent)).toHaveLength(1);
});

it('notices by itself when the FAQ changes', async () => {
  const house = faqHouse();
  await openConsole('/console/faq', { house });
  await screen.findByText('1 entry');
  house.routes.set('GET /api/faq', () => makeList({ total: 2, items: [makeItem(), makeItem({ id: 'second' })], contentVersion: 'v2' }));
  document.dispatchEvent(new Event('visibilitychange'));
  expect(await screen.findByText('2 entries')).toBeTruthy();
});

it('moves with j and k, and begins an entry with n', async () => {
  const house = faqHouse({ items: [makeItem(), makeItem({ id: 'second', question: 'A second one?' })], total: 2 });
  const { user } = await openConsole('/console/faq', { house });
  await screen.findByText('2 entries');
  await user.keyboard('jj');
  expect(document.activeElement?.getAttribute('data-entry')).toBe('second');
  await user.keyboard('k');
  expect(document.activeElement?.getAttribute('data-entry')).toBe('warranty');
  await user.keyboard('n');
  expect(await screen.findByRole('heading', { name: 'New entry' })).toBeTruthy();
});

it('is for editors', async () => {
  const house = faqHouse();
  house.session = makeSession({ role: 'agent' });
  await openConsole('/console/faq', { house });
  expect(await screen.findByText('The FAQ is kept by editors')).toBeTruthy();
  expect(house.calls.some(({ name }) => name === 'GET /api/faq')).toBe(false);
});

it('shows words of others without what nobody can see', async () => {
  const trick = makeItem({ id: 'trick', question: '<img src=x onerror=alert(1)>\u202e\u200b safe', tags: ['<b>\u200btag'], locales: [] });
  await openConsole('/console/faq', { house: faqHouse({ items: [trick], total: 1 }) });
  const [row] = await entries();
  expect(within(row as HTMLElement).getByRole('link').textContent).toBe('<img src=x onerror=alert(1)> safe');
  expect(row?.querySelector('img')).toBeNull();
  expect(row?.textContent).toContain('<b>tag');
});
