import { FakeHouse } from '@stepdown/client/testing';
import type { RatingsReport } from '@stepdown/protocol';
import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { openConsole } from '../../testing/open-console.tsx';

const report: RatingsReport = {
  since: 1,
  tiers: [
    { tier: 'claude', up: 9, down: 1 },
    { tier: 'faq', up: 0, down: 0 },
  ],
  agents: [{ agentId: 'a', agentName: 'Mara', asked: 5, answered: 3, average: 4.333, scores: [0, 0, 1, 0, 2] }],
  comments: [{ conversationId: 'con_7', agentName: 'Mara', score: 5, comment: '<b>Great</b>', ratedAt: 5 }],
};

function houseWith(value: RatingsReport): FakeHouse {
  const house = new FakeHouse();
  house.routes.set('GET /api/agent/reports/ratings', () => value);
  return house;
}

it('shows ratings for each tier and agent, with how many they rest on', async () => {
  const house = houseWith(report);
  const { user } = await openConsole('/console/reports', { house });
  const tiers = await screen.findByRole('region', { name: 'By tier' });
  expect(within(tiers).getByRole('row', { name: /Claude 90 % 10/ })).toBeTruthy();
  expect(within(tiers).getByRole('row', { name: /FAQ – 0/ })).toBeTruthy();
  expect(screen.getByRole('row', { name: /Mara 4.3 3 of 5/ })).toBeTruthy();
  expect(screen.getByRole('img', { name: '0 gave 1, 0 gave 2, 1 gave 3, 0 gave 4, 2 gave 5' })).toBeTruthy();
  expect(screen.getByText('<b>Great</b>')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: '90 days' }));
  await expect.poll(() => house.calls.findLast(({ name }) => name.includes('ratings'))?.payload).toEqual({ days: '90' });
  await user.click(screen.getByRole('link', { name: /Read it/ }));
  expect(window.location.pathname).toBe('/console/inbox/all/con_7');
});

it('says when there is nothing, and offers the conversations as a file', async () => {
  await openConsole('/console/reports', { house: houseWith({ since: 1, tiers: [], agents: [], comments: [] }) });
  expect(await screen.findByText('No answer was rated in this time.')).toBeTruthy();
  const link = screen.getByRole('link', { name: /Closed\s*conversations as CSV/ });
  expect(link.getAttribute('href')).toBe('/api/agent/inbox/export?view=closed');
  expect(link.hasAttribute('download')).toBe(true);
});

it('says why a report could not be read, and gives viewers no file', async () => {
  const house = new FakeHouse();
  if (house.session) house.session = { ...house.session, agent: { ...house.session.agent, role: 'viewer' } };
  await openConsole('/console/reports', { house });
  expect(await screen.findByText('The report could not be read')).toBeTruthy();
  expect(screen.queryByRole('region', { name: 'Export' })).toBeNull();
});
