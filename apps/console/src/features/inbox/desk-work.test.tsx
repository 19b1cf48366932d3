import { FakeHouse, makeMember } from '@stepdown/client/testing';
import type { BulkRequest } from '@stepdown/protocol';
import { act, screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { openConsole } from '../../testing/open-console.tsx';

const vip = { id: 'lab_vip', name: 'VIP', colour: '#2f6f4f' };

function rows(): readonly string[] {
  return [...document.querySelectorAll<HTMLElement>('[data-conversation]')].map((row) => row.dataset.conversation ?? '');
}

function picked(): readonly string[] {
  const boxes = [...document.querySelectorAll<HTMLElement>('[data-picked]')];
  return boxes.map((box) => box.querySelector<HTMLElement>('[data-conversation]')?.dataset.conversation ?? '');
}

/** Five who wait, oldest first: a, b, c, d, e. */
function busyHouse(): FakeHouse {
  const house = new FakeHouse();
  house.labels = [vip];
  for (const [index, id] of ['a', 'b', 'c', 'd', 'e'].entries())
    house.addConversation({ id, waitingSince: index + 1, preview: `I am ${id}` });
  return house;
}

/** The bulk route as the server has it; `refused` are told so. */
function takeBulk(house: FakeHouse, refused: readonly string[] = []): BulkRequest[] {
  const asked: BulkRequest[] = [];
  house.intercept = ({ name, payload }) => {
    if (name !== 'POST /api/agent/inbox/bulk') return undefined;
    // The console under test is typed with this very shape.
    const request = payload as unknown as BulkRequest;
    asked.push(request);
    const error = { code: 'conflict', message: 'Ben has this conversation.' };
    return {
      results: request.conversationIds.map((conversationId) =>
        refused.includes(conversationId) ? { conversationId, ok: false, error } : { conversationId, ok: true },
      ),
    };
  };
  return asked;
}

it('picks with x and up to a shift-click, answers all at once, and keeps what was refused picked', async () => {
  const house = busyHouse();
  const asked = takeBulk(house, ['c']);
  const { user } = await openConsole('/console/inbox/queue', { house });
  await screen.findByText('I am e');
  await user.keyboard('jjx');
  expect(picked()).toEqual(['b']);
  await user.keyboard('{Shift>}');
  await user.click(screen.getByText('I am d'));
  await user.keyboard('{/Shift}');
  expect(picked()).toEqual(['b', 'c', 'd']);
  expect(window.location.pathname).toBe('/console/inbox/queue');
  const bar = screen.getByRole('region', { name: 'Selected conversations' });
  await user.click(within(bar).getByRole('button', { name: 'Reply' }));
  const send = screen.getByRole<HTMLButtonElement>('button', { name: 'Send to 3' });
  expect(send.disabled).toBe(true);
  await user.type(screen.getByRole('textbox', { name: 'Reply' }), 'We are back.');
  await user.click(screen.getByRole('radio', { name: 'Close them' }));
  await user.click(send);
  expect(await screen.findByText('2 conversations answered. 1 not: Ben has this conversation.')).toBeTruthy();
  expect(asked).toMatchObject([{ conversationIds: ['b', 'c', 'd'], action: { kind: 'reply', text: 'We are back.', after: 'resolve' } }]);
  expect(picked()).toEqual(['c']);
  await user.keyboard('{Escape}');
  expect(picked()).toEqual([]);
});

it('does not move rows while something is picked', async () => {
  const house = busyHouse();
  const { user } = await openConsole('/console/inbox/queue', { house });
  await screen.findByText('I am e');
  await user.keyboard('jx');
  act(() => void house.addConversation({ id: 'new', waitingSince: 0, preview: 'me first' }));
  expect(await screen.findByRole('button', { name: '1 new' })).toBeTruthy();
  expect(rows()).toEqual(['a', 'b', 'c', 'd', 'e']);
});

it('asks before it closes many, and labels without letting go of them', async () => {
  const house = busyHouse();
  const asked = takeBulk(house);
  const { user } = await openConsole('/console/inbox/queue', { house });
  await screen.findByText('I am e');
  await user.keyboard('jx');
  await user.click(screen.getByRole('button', { name: 'Select all 5' }));
  await user.click(screen.getByRole('button', { name: 'Label' }));
  await user.click(screen.getByRole('menuitemcheckbox', { name: 'VIP' }));
  await expect.poll(() => asked.at(-1)?.action).toEqual({ kind: 'label', add: ['lab_vip'], remove: [] });
  expect(picked()).toHaveLength(5);
  await user.keyboard('{Escape}');
  await user.click(screen.getByRole('button', { name: 'Close' }));
  expect(screen.getByRole('heading', { name: 'Close 5 conversations?' })).toBeTruthy();
  expect(asked).toHaveLength(1);
  await user.click(screen.getByRole('button', { name: 'Close 5' }));
  await expect.poll(() => asked.at(-1)?.action).toEqual({ kind: 'resolve' });
  await expect.poll(picked).toEqual([]);
});

it('sorts out what an outage left: marks it, shows only it, picks it all', async () => {
  const house = busyHouse();
  for (const id of ['a', 'c', 'e']) house.change(id, { isOutage: true });
  house.change('b', { isParked: true, isOutage: true });
  const { user } = await openConsole('/console/inbox/queue', { house });
  expect(await screen.findByText(/^4?\s*left by an outage/)).toBeTruthy();
  expect(screen.getAllByText('Outage')).toHaveLength(3);
  expect(screen.getByText('Parked')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Show only these' }));
  await expect.poll(rows).toEqual(['a', 'b', 'c', 'e']);
  await user.click(screen.getByRole('button', { name: 'Select all' }));
  expect(picked()).toEqual(['a', 'b', 'c', 'e']);
  await user.click(screen.getByRole('button', { name: 'Show everything' }));
  await expect.poll(rows).toHaveLength(5);
});

it('narrows down by conditions, says how many are set, and clears them', async () => {
  const house = busyHouse();
  house.change('c', { labels: [vip] });
  const { user } = await openConsole('/console/inbox/queue', { house });
  await screen.findByText('I am e');
  expect(screen.getByText('VIP')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Filter' }));
  await user.selectOptions(screen.getByRole('combobox', { name: 'Label' }), 'VIP');
  await expect.poll(rows).toEqual(['c']);
  await user.selectOptions(screen.getByRole('combobox', { name: 'Tier' }), 'handoff');
  expect(await screen.findByText('Nothing found')).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Filter 2 set' })).toBeTruthy();
  expect(house.calls.findLast(({ name }) => name === 'GET /api/agent/inbox')?.payload).toMatchObject({ label: 'lab_vip', tier: 'handoff' });
  const file = screen.getByRole('link', { name: /CSV\s*of what is shown/ }).getAttribute('href');
  expect(file).toBe('/api/agent/inbox/export?view=queue&label=lab_vip&tier=handoff');
  await user.click(screen.getByRole('button', { name: 'Clear' }));
  await expect.poll(rows).toHaveLength(5);
});

it('shows who is here, and lets an agent go away and come back', async () => {
  const house = busyHouse();
  house.team = [makeMember({ openCount: 2 }), makeMember({ id: 'ben', name: 'Ben', isOnline: false, role: 'agent' })];
  const { user } = await openConsole('/console/inbox/queue', { house });
  await user.click(await screen.findByRole('button', { name: '1 online' }));
  const team = screen.getByRole('list', { name: 'Team' });
  expect(
    within(team)
      .getAllByRole('listitem')
      .map(({ textContent }) => textContent),
  ).toEqual(['Mara (you)online, 2 of 5 open', 'Benoffline, 0 of 5 open']);
  await user.click(screen.getByRole('switch', { name: 'You are available', checked: true }));
  expect(await screen.findByRole('switch', { name: 'You are away', checked: false })).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Nobody is online' })).toBeTruthy();
});

it('lets a viewer pick nothing', async () => {
  const house = busyHouse();
  if (house.session) house.session = { ...house.session, agent: { ...house.session.agent, role: 'viewer' } };
  const { user } = await openConsole('/console/inbox/queue', { house });
  await screen.findByText('I am e');
  await user.keyboard('jx');
  expect(screen.queryAllByRole('checkbox')).toEqual([]);
  expect(picked()).toEqual([]);
});
