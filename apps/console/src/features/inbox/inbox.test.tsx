import { FakeHouse } from '@stepdown/client/testing';
import { act, screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { openConsole } from '../../testing/open-console.tsx';

function rows(): readonly string[] {
  return [...document.querySelectorAll<HTMLElement>('[data-conversation]')].map((row) => row.dataset.conversation ?? '');
}

it('lists who waits, the longest wait first, with place, tier and preview', async () => {
  const house = new FakeHouse();
  const now = Date.now();
  house.addConversation({ id: 'late', waitingSince: now - 5_000 });
  house.addConversation({
    id: 'early',
    waitingSince: now - 200_000,
    tier: 'faq',
    preview: '**Where** is it?',
    pageTitle: 'Checkout',
    identity: { name: 'Lena Fors', email: null, isVerified: true },
  });
  await openConsole('/console/inbox/queue', { house });
  const row = await screen.findByRole('link', { name: /Lena Fors/ });
  expect(rows()).toEqual(['early', 'late']);
  expect(row.textContent).toContain('3:20');
  expect(row.textContent).toContain('Where is it?');
  expect(row.textContent).toContain('FAQ');
  expect(row.textContent).toContain('Checkout');
});

it('lets a new customer in without a reload, and counts them in the tab', async () => {
  const { house } = await openConsole('/console/inbox/queue');
  expect(await screen.findByText('Nobody is waiting')).toBeTruthy();
  act(() => void house.addConversation({ id: 'new', waitingSince: Date.now(), preview: 'Hello?' }));
  expect(await screen.findByText('Hello?')).toBeTruthy();
  const views = screen.getByRole('navigation', { name: 'Views' });
  expect((await within(views).findByRole('link', { name: /Waiting\s*1/ })).getAttribute('aria-current')).toBe('page');
  expect(document.title).toBe('(1) Inbox – Stepdown');
});

it('moves with j and k and opens with Enter', async () => {
  const house = new FakeHouse();
  house.addConversation({ id: 'a', updatedAt: 30, preview: 'first' });
  house.addConversation({ id: 'b', updatedAt: 20, preview: 'second' });
  const { user } = await openConsole('/console/inbox/all', { house });
  await screen.findByText('second');
  await user.keyboard('jjk');
  await user.keyboard('j{Enter}');
  expect(await screen.findByRole('textbox', { name: 'Reply' })).toBeTruthy();
  expect(window.location.pathname).toBe('/console/inbox/all/b');
  expect(screen.getByText('second').closest('a')?.getAttribute('aria-current')).toBe('page');
});

it('finds by words, and says so when there is nothing', async () => {
  const house = new FakeHouse();
  house.addConversation({ id: 'a', preview: 'kettle is broken' });
  house.addConversation({ id: 'b', preview: 'where is my parcel' });
  const { user } = await openConsole('/console/inbox/all', { house });
  await screen.findByText('where is my parcel');
  await user.type(screen.getByRole('searchbox', { name: 'Search conversations' }), 'kettle');
  await screen.findByText('kettle is broken');
  await expect.poll(rows).toEqual(['a']);
  await user.type(screen.getByRole('searchbox', { name: 'Search conversations' }), ' unicorn');
  expect(await screen.findByText('Nothing found')).toBeTruthy();
});

it('says why the inbox could not be read and tries again', async () => {
  const house = new FakeHouse();
  house.addConversation({ id: 'a', waitingSince: 1, preview: 'I wait' });
  house.intercept = ({ name }) =>
    name === 'GET /api/agent/inbox' ? { ok: false, error: { code: 'invalid', message: 'The store does not answer.' } } : undefined;
  const { user } = await openConsole('/console/inbox/queue', { house });
  expect(await screen.findByText('The store does not answer.')).toBeTruthy();
  house.intercept = () => undefined;
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByText('I wait')).toBeTruthy();
});

it('says when there is no connection', async () => {
  const { house } = await openConsole('/console/inbox/queue');
  await screen.findByText('Nobody is waiting');
  house.isUp = false;
  act(() => house.drop());
  expect(await screen.findByText('Connecting again…')).toBeTruthy();
});
