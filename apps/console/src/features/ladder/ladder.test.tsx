import { FakeHouse, makeLadder } from '@stepdown/client/testing';
import type { LadderRouteView, LadderView } from '@stepdown/protocol';
import { act, screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { openConsole } from '../../testing/open-console.tsx';

function route(fields: Partial<LadderRouteView>): LadderRouteView {
  return {
    id: 'claude:opus',
    model: 'opus',
    state: 'healthy',
    since: Date.now() - 60_000,
    cause: 'No failure seen',
    rampShare: 1,
    nextProbeAt: null,
    saturatedUntil: null,
    ttftP50Ms: 300,
    ttftP95Ms: 1_900,
    errorRate: 0,
    lastSuccessAt: Date.now() - 5_000,
    ...fields,
  };
}

function outage(): LadderView {
  const at = Date.now() - 65_000;
  const open = route({
    state: 'open',
    cause: 'failed 3 times in a row: overloaded (529)',
    nextProbeAt: Date.now() + 4_000,
    errorRate: 0.8,
  });
  return makeLadder({
    tier: 'faq',
    since: at,
    cause: 'Claude (opus) failed 3 times in a row: overloaded (529)',
    tiers: [
      { id: 'claude', state: 'open', routes: [open] },
      { id: 'gpt', state: 'unconfigured', routes: [] },
      { id: 'open-model', state: 'unconfigured', routes: [] },
      { id: 'faq', state: 'healthy', routes: [] },
      { id: 'handoff', state: 'healthy', routes: [] },
    ],
    affectedConversations: 7,
    changes: [{ from: 'claude', to: 'faq', cause: 'Claude (opus) failed', signal: 'claude:opus overloaded', at, affectedConversations: 7 }],
  });
}

it('answers what is wrong, since when, why and what happens next', async () => {
  const { house } = await openConsole('/console/ladder');
  const now = await screen.findByRole('region', { name: 'Now' });
  expect(within(now).getByRole('heading', { name: 'Claude' })).toBeTruthy();
  act(() => house.emit('ladder:changed', { ladder: outage() }));
  expect(within(now).getByRole('heading', { name: 'FAQ' })).toBeTruthy();
  expect(now.textContent).toContain('No AI model answers; customers get written answers');
  expect(now.textContent).toMatch(/Since1:0[456]/);
  expect(now.textContent).toContain('failed 3 times in a row: overloaded (529)');
  expect(now.textContent).toContain('claude:opus overloaded');
  expect(now.textContent).toMatch(/Claude is probed in 0:0[345]/);
  expect(now.textContent).toContain('7');
});

it('draws each route in its state, with its numbers', async () => {
  const house = new FakeHouse();
  house.ladder = outage();
  await openConsole('/console/ladder', { house });
  const routes = await screen.findByRole('region', { name: 'Tiers and routes' });
  expect(within(routes).getByRole('img', { name: 'State: Open' })).toBeTruthy();
  expect(routes.textContent).toContain('80 %');
  expect(routes.textContent).toContain('1.9 s');
});

it('forces a tier only with a reason and a confirmation, for a time', async () => {
  const { user, house } = await openConsole('/console/ladder');
  await user.click(await screen.findByRole('button', { name: 'Force tier' }));
  await user.selectOptions(screen.getByRole('combobox', { name: 'Tier' }), 'faq');
  const force = screen.getByRole<HTMLButtonElement>('button', { name: 'Force FAQ for 1 hour' });
  expect(force.disabled).toBe(true);
  await user.type(screen.getByRole('textbox', { name: 'Reason' }), 'Claude answers nonsense');
  await user.click(screen.getByRole('checkbox'));
  await user.click(force);
  await expect
    .poll(() => house.calls.find((call) => call.name === 'tier:force')?.payload)
    .toEqual({
      tier: 'faq',
      reason: 'Claude answers nonsense',
      forMs: 3_600_000,
    });
});

it('says who holds the ladder and lets an admin release it', async () => {
  const house = new FakeHouse();
  house.ladder = makeLadder({ tier: 'faq', pin: { tier: 'faq', reason: 'drill day', by: 'Ben', until: Date.now() + 60_000 } });
  const { user } = await openConsole('/console/ladder', { house });
  expect(await screen.findByText('Ben holds the ladder at FAQ.')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Release' }));
  await expect.poll(() => house.calls.some((call) => call.name === 'tier:release')).toBe(true);
});

it('starts a drill with a reason and a confirmation, shows it to everybody, and stops it', async () => {
  const { user, house } = await openConsole('/console/ladder');
  await user.click(await screen.findByRole('button', { name: 'Start a drill' }));
  await user.selectOptions(screen.getByRole('combobox', { name: 'What breaks' }), 'gpt');
  await user.selectOptions(screen.getByRole('combobox', { name: 'How' }), 'silent');
  await user.selectOptions(screen.getByRole('combobox', { name: 'For whom' }), '0.1');
  const start = screen.getByRole<HTMLButtonElement>('button', { name: 'Start for 5 minutes' });
  expect(start.disabled).toBe(true);
  await user.type(screen.getByRole('textbox', { name: 'Reason' }), 'weekly');
  await user.click(screen.getByRole('checkbox', { name: /GPT stays silent for 10 % of customers/ }));
  await user.click(start);
  const request = { target: 'gpt', fault: 'silent', share: 0.1, forMs: 300_000, reason: 'weekly' } as const;
  await expect.poll(() => house.calls.find((call) => call.name === 'drill:start')?.payload).toEqual(request);
  const startedAt = Date.now();
  const drill = { ...request, id: 'd', startedBy: 'Ben', startedAt, endsAt: startedAt + 300_000, endedAt: null, endedBy: null };
  act(() => house.emit('ladder:changed', { ladder: makeLadder({ drill }) }));
  const banner = await screen.findByRole('region', { name: 'Running drill' });
  expect(banner.textContent).toMatch(/GPT stays silent for 10 % of customers.*weekly, by Ben.*Ends in (5:00|4:5)/);
  expect(screen.queryByRole('button', { name: 'Start a drill' })).toBeNull();
  await user.click(within(banner).getByRole('button', { name: 'Stop drill' }));
  await expect.poll(() => house.calls.some((call) => call.name === 'drill:stop')).toBe(true);
  const ended = { ...drill, endedAt: startedAt + 65_000, endedBy: 'Mara' };
  act(() => house.emit('ladder:changed', { ladder: makeLadder({ drill: null, lastDrills: [ended] }) }));
  expect((await screen.findByRole('region', { name: 'Last drills' })).textContent).toMatch(/for 1 min, stopped by Mara/);
  expect(screen.queryByRole('region', { name: 'Running drill' })).toBeNull();
});

it('draws the last hour of a route, and what its provider says about itself', async () => {
  const house = new FakeHouse();
  house.ladder = outage();
  const route = house.ladder.tiers[0]?.routes[0];
  house.alerts = [
    { id: 'al', code: 'model', routeId: 'claude:opus', detail: 'opus retires in 9 days.', severity: 'warning', createdAt: 1 },
  ];
  if (route)
    house.ladder = makeLadder({ tiers: [{ id: 'claude', state: 'open', routes: [{ ...route, suspicion: 'A major outage of "API"' }] }] });
  const buckets = [
    { at: 0, samples: 4, failures: 0, ttftP50Ms: 300, ttftP95Ms: 1_500 },
    { at: 60_000, samples: 4, failures: 3, ttftP50Ms: null, ttftP95Ms: null },
  ];
  house.routes.set('GET /api/agent/ladder/history', () => ({ minutes: 2, routes: [{ id: 'claude:opus', buckets }] }));
  await openConsole('/console/ladder', { house });
  expect(await screen.findByRole('img', { name: 'First text over the last hour, slowest minute 1.5 s' })).toBeTruthy();
  expect(screen.getByRole('img', { name: 'Errors over the last hour: 3 of 8' })).toBeTruthy();
  const routes = screen.getByRole('region', { name: 'Tiers and routes' });
  expect(routes.textContent).toContain('A major outage of "API"');
  expect(routes.textContent).toContain('opus retires in 9 days.');
});

it('reads older changes when a longer time is asked for', async () => {
  const house = new FakeHouse();
  const at = Date.now() - 20 * 86_400_000;
  const change = { from: 'claude', to: 'gpt', cause: 'Claude was cut', signal: '', at, affectedConversations: 3, isDrill: true } as const;
  house.intercept = ({ name, payload }) =>
    name === 'GET /api/agent/ladder' && payload.days === '30' ? makeLadder({ changes: [change] }) : undefined;
  const { user } = await openConsole('/console/ladder', { house });
  await user.click(await screen.findByRole('button', { name: '30 d: last 30 days' }));
  const card = await screen.findByRole('region', { name: 'Last 30 days' });
  expect(await within(card).findByText(/Claude was cut/)).toBeTruthy();
  expect(card.textContent).toContain('Drill');
  await user.click(screen.getByRole('button', { name: '7 d: last 7 days' }));
  expect(screen.queryByText(/Claude was cut/)).toBeNull();
});

it('gives the buttons to nobody but admins', async () => {
  const house = new FakeHouse();
  if (house.session) house.session = { ...house.session, agent: { ...house.session.agent, role: 'agent' } };
  await openConsole('/console/ladder', { house });
  await screen.findByRole('region', { name: 'Now' });
  expect(screen.queryByRole('button', { name: 'Force tier' })).toBeNull();
  expect(screen.queryByRole('button', { name: 'Start a drill' })).toBeNull();
});

it('lists alerts until somebody is on them', async () => {
  const house = new FakeHouse();
  house.alerts = [{ id: 'al_1', code: 'credential', detail: 'The key of Claude is refused.', severity: 'critical', createdAt: 1 }];
  house.intercept = ({ name }) => {
    if (name !== 'alert:acknowledge') return undefined;
    house.alerts = house.alerts.map((alert) => ({ ...alert, acknowledgedBy: 'Mara', acknowledgedAt: 2 }));
    return { ok: true };
  };
  const { user } = await openConsole('/console/ladder', { house });
  expect(await screen.findByText('The key of Claude is refused.')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Acknowledge' }));
  expect(await screen.findByText('Mara is on it')).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Acknowledge' })).toBeNull();
});

it('says that the fault is on our side when no provider can be reached', async () => {
  const house = new FakeHouse();
  house.ladder = makeLadder({ egressSuspectedSince: Date.now() - 10_000 });
  await openConsole('/console/ladder', { house });
  expect(await screen.findByText('The fault is on our side.')).toBeTruthy();
});

it('shows signals as they come, newest first', async () => {
  const { house } = await openConsole('/console/ladder');
  await screen.findByText(/No signal yet/);
  const signal = { routeId: 'claude:opus', from: 'probe', outcome: 'ok', detail: null, firstTextMs: 250, at: Date.now() - 9_000 } as const;
  act(() => {
    house.emit('signal', signal);
    house.emit('signal', { ...signal, outcome: 'unreachable', detail: 'ECONNREFUSED', firstTextMs: null, from: 'turn', at: Date.now() });
  });
  const feed = await screen.findByRole('list', { name: 'Signals, newest first' });
  const [first, second] = within(feed).getAllByRole('listitem');
  expect(first?.textContent).toMatch(/No connection.*customer.*claude:opus.*ECONNREFUSED/);
  expect(second?.textContent).toMatch(/Answered.*probe.*250 ms/);
});
