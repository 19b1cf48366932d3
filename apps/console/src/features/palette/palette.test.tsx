import { FakeHouse } from '@stepdown/client/testing';
import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { openConsole } from '../../testing/open-console.tsx';
import { rankCommands } from './rank-commands.ts';

describe('the command palette', () => {
  it('goes to a page by its name', async () => {
    const { user } = await openConsole('/console/inbox/queue');
    await screen.findByText('Nobody is waiting');
    await user.keyboard('{Control>}k{/Control}');
    await user.type(screen.getByRole('combobox', { name: 'Search and commands' }), 'ladd{Enter}');
    expect(await screen.findByRole('heading', { name: 'Ladder' })).toBeTruthy();
    expect(screen.queryByRole('combobox')).toBeNull();
  });

  it('finds conversations by what was said', async () => {
    const house = new FakeHouse();
    house.addConversation({ id: 'con_1', preview: 'my kettle leaks' });
    const { user } = await openConsole('/console/ladder', { house });
    await screen.findByRole('heading', { name: 'Ladder' });
    await user.keyboard('{Meta>}k{/Meta}');
    await user.type(screen.getByRole('combobox'), 'kettle');
    expect(await screen.findByRole('option', { name: /my kettle leaks/ })).toBeTruthy();
    await user.keyboard('{Enter}');
    await expect.poll(() => window.location.pathname).toBe('/console/inbox/all/con_1');
  });

  it('changes the theme', async () => {
    const { user } = await openConsole('/console/inbox/queue');
    await screen.findByText('Nobody is waiting');
    await user.keyboard('{Control>}k{/Control}');
    await user.type(screen.getByRole('combobox'), 'theme dark{Enter}');
    await user.keyboard('gs');
    expect((await screen.findByRole<HTMLInputElement>('radio', { name: 'Dark' })).checked).toBe(true);
  });
});

it('shows every shortcut on ? and none of them does anything while switched off', async () => {
  const { user } = await openConsole('/console/settings');
  await user.keyboard('?');
  const help = await screen.findByRole('dialog', { name: 'Keyboard shortcuts' });
  expect(within(help).getByText('Take over')).toBeTruthy();
  await user.click(within(help).getByRole('button', { name: 'Close dialog' }));
  await user.click(screen.getByRole('switch', { name: 'Single-key shortcuts' }));
  await user.keyboard('gl?');
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(window.location.pathname).toBe('/console/settings');
});

describe('ranking', () => {
  const commands = [
    { label: 'Inbox: Mine', group: 'Inbox' },
    { label: 'Ladder', group: 'Go to' },
    { label: 'Theme: light', group: 'Theme' },
  ];

  it('needs every word at the beginning of some word', () => {
    expect(rankCommands(commands, 'li the')).toEqual([commands[2]]);
    expect(rankCommands(commands, 'dder')).toEqual([]);
    expect(rankCommands(commands, ' ')).toBe(commands);
  });
});
