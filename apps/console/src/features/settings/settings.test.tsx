import { FakeHouse } from '@stepdown/client/testing';
import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { openConsole } from '../../testing/open-console.tsx';

/** Saved replies and labels as the server keeps them. */
function deskHouse(): FakeHouse {
  const house = new FakeHouse();
  house.routes.set('POST /api/agent/canned-replies', (body) => {
    const reply = { id: `r${house.cannedReplies.length}`, shortcut: String(body.shortcut), text: String(body.text), locale: null };
    house.cannedReplies = [...house.cannedReplies, { ...reply, updatedBy: 'Mara', updatedAt: 1 }];
    house.emit('desk:changed', { what: 'canned-replies' });
    return { reply };
  });
  house.routes.set('POST /api/agent/labels', (body) => {
    if (body.name === 'VIP') return { ok: false, error: { code: 'conflict', message: 'There is a label "VIP" already.' } };
    house.labels = [...house.labels, { id: 'l', name: String(body.name), colour: String(body.colour) }];
    house.emit('desk:changed', { what: 'labels' });
    return { ok: true };
  });
  return house;
}

it('begins with replies for a team that has none, then shows and edits them', async () => {
  const house = deskHouse();
  const { user } = await openConsole('/console/settings', { house });
  await user.click(await screen.findByRole('button', { name: 'Add 6 to begin with' }));
  const card = screen.getByRole('region', { name: 'Saved replies' });
  expect(await within(card).findByText('/outage')).toBeTruthy();
  await user.click(within(card).getByRole('button', { name: 'Edit hello' }));
  const text = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Text' });
  await user.clear(text);
  await user.type(text, 'Dear {{name|friend}');
  expect(screen.getByText('Dear Lena')).toBeTruthy();
  expect(screen.getByText('Dear friend')).toBeTruthy();
  house.routes.set('PUT /api/agent/canned-replies/r0', () => ({
    ok: false,
    error: { code: 'conflict', message: '/hello exists already.' },
  }));
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('/hello exists already.')).toBeTruthy();
  house.routes.set('PUT /api/agent/canned-replies/r0', () => ({ ok: true }));
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await expect.poll(() => screen.queryByRole('textbox', { name: 'Text' })).toBeNull();
  expect(house.calls.findLast(({ name }) => name.startsWith('PUT'))?.payload).toEqual({
    shortcut: 'hello',
    locale: null,
    text: 'Dear {name|friend}',
  });
});

it('makes labels, and says when a name is taken', async () => {
  const { user } = await openConsole('/console/settings', { house: deskHouse() });
  await user.click(await screen.findByRole('button', { name: 'Make one' }));
  await user.type(screen.getByRole('textbox', { name: 'Name' }), 'VIP');
  await user.click(screen.getByRole('radio', { name: '#b02318' }));
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('There is a label "VIP" already.')).toBeTruthy();
  await user.clear(screen.getByRole('textbox', { name: 'Name' }));
  await user.type(screen.getByRole('textbox', { name: 'Name' }), 'Refund');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  const card = screen.getByRole('region', { name: 'Labels' });
  expect(await within(card).findByRole('button', { name: 'Edit Refund' })).toBeTruthy();
  expect(card.querySelector('circle')?.getAttribute('fill')).toBe('#b02318');
});

it('lets viewers read and not write', async () => {
  const house = deskHouse();
  if (house.session) house.session = { ...house.session, agent: { ...house.session.agent, role: 'viewer' } };
  await openConsole('/console/settings', { house });
  await screen.findByRole('region', { name: 'Labels' });
  for (const name of ['Make one', 'Write one', /to begin with/]) expect(screen.queryByRole('button', { name })).toBeNull();
});
