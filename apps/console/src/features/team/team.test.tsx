import { FakeHouse } from '@stepdown/client/testing';
import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { openConsole } from '../../testing/open-console.tsx';

function houseWithTeam(): FakeHouse {
  const house = new FakeHouse();
  const agents = [
    { id: 'agt_1', name: 'Mara', email: 'mara@birchkettle.example', role: 'admin', isDisabled: false },
    { id: 'agt_2', name: 'Ben', email: 'ben@birchkettle.example', role: 'agent', isDisabled: false },
  ];
  house.routes.set('GET /api/agent/agents', () => ({ agents }));
  house.routes.set('GET /api/agent/invitations', () => ({ invitations: [] }));
  house.routes.set('GET /api/agent/audit', () => ({
    entries: [{ id: 'e1', at: 1, actorName: 'Ben', action: 'tier.forced', subject: 'faq', detail: 'drill day' }],
  }));
  house.routes.set('POST /api/agent/invitations', () => ({ link: '/console#/set-up/secret-token' }));
  house.routes.set('POST /api/agent/agents/agt_2', (patch) => {
    Object.assign(agents[1] ?? {}, patch);
    return { agent: agents[1] };
  });
  return house;
}

it('makes a link to hand over, with the address of this house', async () => {
  const house = houseWithTeam();
  const { user } = await openConsole('/console/team', { house });
  await user.type(await screen.findByLabelText('E-mail'), 'new@birchkettle.example');
  await user.selectOptions(screen.getByRole('combobox', { name: 'Role' }), 'editor');
  await user.click(screen.getByRole('button', { name: 'Make a link' }));
  const link = await screen.findByRole<HTMLInputElement>('textbox', { name: 'Invitation link' });
  expect(link.value).toBe(`${window.location.origin}/console#/set-up/secret-token`);
  expect(house.calls.find((call) => call.name === 'POST /api/agent/invitations')?.payload).toEqual({
    email: 'new@birchkettle.example',
    role: 'editor',
  });
});

it('changes a role and disables an agent, but never oneself', async () => {
  const { user } = await openConsole('/console/team', { house: houseWithTeam() });
  await user.selectOptions(await screen.findByRole('combobox', { name: 'Role of Ben' }), 'viewer');
  expect(await screen.findByText('Ben is now viewer.')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Disable Ben' }));
  expect(await screen.findByRole('button', { name: 'Enable Ben' })).toBeTruthy();
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Disable Mara' }).disabled).toBe(true);
});

it('says in words who did what', async () => {
  await openConsole('/console/team', { house: houseWithTeam() });
  const row = (await screen.findByText('Forced a tier')).closest('tr');
  expect(row?.textContent).toContain('faq · drill day');
});

it('is not offered to anybody but admins', async () => {
  const house = houseWithTeam();
  if (house.session) house.session = { ...house.session, agent: { ...house.session.agent, role: 'agent' } };
  await openConsole('/console/inbox/queue', { house });
  await screen.findByText('Nobody is waiting');
  expect(screen.queryByRole('link', { name: 'Team' })).toBeNull();
});
