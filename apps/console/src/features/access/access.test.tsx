import { FakeHouse } from '@stepdown/client/testing';
import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { openConsole } from '../../testing/open-console.tsx';

it('lets an agent in with e-mail and password', async () => {
  const house = new FakeHouse();
  house.session = null;
  const { user } = await openConsole('/console', { house });
  await user.type(await screen.findByLabelText('E-mail'), 'mara@birchkettle.example');
  await user.type(screen.getByLabelText('Password'), 'correct horse battery nine');
  await user.click(screen.getByRole('button', { name: 'Sign in' }));
  expect(await screen.findByRole('navigation', { name: 'Main' })).toBeTruthy();
  expect(await screen.findByText('Nobody is waiting')).toBeTruthy();
});

it('says what is wrong and keeps the address that was typed', async () => {
  const house = new FakeHouse();
  house.session = null;
  house.intercept = ({ name }) =>
    name === 'POST /api/agent/sign-in'
      ? { ok: false, error: { code: 'unauthorized', message: 'E-mail or password is wrong.' } }
      : undefined;
  const { user } = await openConsole('/console', { house });
  await user.type(await screen.findByLabelText('E-mail'), 'mara@birchkettle.example');
  await user.type(screen.getByLabelText('Password'), 'wrong');
  await user.click(screen.getByRole('button', { name: 'Sign in' }));
  expect((await screen.findByText('E-mail or password is wrong.')).closest('[role="alert"]')).toBeTruthy();
  expect(screen.getByLabelText<HTMLInputElement>('E-mail').value).toBe('mara@birchkettle.example');
});

it('says in minutes when to try again', async () => {
  const house = new FakeHouse();
  house.session = null;
  house.intercept = ({ name }) =>
    name === 'POST /api/agent/sign-in' ? { ok: false, error: { code: 'rate_limited', message: 'x', retryAfterMs: 890_000 } } : undefined;
  const { user } = await openConsole('/console', { house });
  await user.type(await screen.findByLabelText('E-mail'), 'a@b.example');
  await user.type(screen.getByLabelText('Password'), 'x');
  await user.click(screen.getByRole('button', { name: 'Sign in' }));
  expect(await screen.findByText('Too many attempts. Try again in 15 minutes.')).toBeTruthy();
});

it('comes back to the sign-in when the session ends, and gives the typed reply back afterwards', async () => {
  const house = new FakeHouse();
  house.addConversation({ id: 'con_1' });
  const { user } = await openConsole('/console/inbox/all/con_1', { house });
  await user.type(await screen.findByRole('textbox', { name: 'Reply' }), 'Dear Lena, ');
  const { session } = house;
  house.session = null;
  await user.click(screen.getByRole('button', { name: 'Take over' }));
  expect(await screen.findByText(/Your session has ended/)).toBeTruthy();
  expect(screen.queryByRole('textbox', { name: 'Reply' })).toBeNull();
  house.session = session;
  await user.type(screen.getByLabelText('E-mail'), 'mara@birchkettle.example');
  await user.type(screen.getByLabelText('Password'), 'again');
  await user.click(screen.getByRole('button', { name: 'Sign in' }));
  expect((await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Reply' })).value).toBe('Dear Lena, ');
});

it('redeems a link of the fragment once and takes it out of the address', async () => {
  const house = new FakeHouse();
  house.session = null;
  const sent: unknown[] = [];
  house.intercept = ({ name, payload }) => {
    if (name !== 'POST /api/agent/set-up') return undefined;
    sent.push(payload);
    house.session = new FakeHouse().session;
    return house.session;
  };
  const { user } = await openConsole('/console#/set-up/token-of-a-link', { house });
  await user.type(await screen.findByLabelText('Your name'), 'Mara');
  await user.type(screen.getByLabelText('E-mail'), 'mara@birchkettle.example');
  await user.type(screen.getByLabelText('Password'), 'four words are enough');
  await user.click(screen.getByRole('button', { name: 'Create account' }));
  expect(await screen.findByRole('navigation', { name: 'Main' })).toBeTruthy();
  expect(sent).toMatchObject([{ token: 'token-of-a-link', name: 'Mara' }]);
  expect(window.location.hash).toBe('');
});

it('says that the server is away and tries again on demand', async () => {
  const house = new FakeHouse();
  house.isUp = false;
  const { user } = await openConsole('/console', { house });
  expect(await screen.findByText('The server can’t be reached')).toBeTruthy();
  house.isUp = true;
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByRole('navigation', { name: 'Main' })).toBeTruthy();
});
