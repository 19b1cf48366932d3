import { FakeHouse } from '@stepdown/client/testing';
import type { TurnTrail } from '@stepdown/protocol';
import { act, screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { openConsole } from '../../testing/open-console.tsx';

const address = '/console/inbox/all/con_1';

function houseWith(fields: Parameters<FakeHouse['addConversation']>[0] = {}): FakeHouse {
  const house = new FakeHouse();
  house.addConversation({ id: 'con_1', ...fields });
  house.addMessage('con_1', { text: 'Where is my kettle?' });
  return house;
}

async function open(house: FakeHouse) {
  const opened = await openConsole(address, { house });
  await screen.findByRole('textbox', { name: 'Reply' });
  return opened;
}

it('needs the conversation before it sends, and sends after it was taken', async () => {
  const house = houseWith({ waitingSince: 1 });
  const { user } = await open(house);
  const reply = screen.getByRole('textbox', { name: 'Reply' });
  await user.type(reply, 'It is on its way{Enter}');
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Send' }).disabled).toBe(true);
  expect(house.folders.get('con_1')?.messages).toHaveLength(1);
  await user.click(screen.getByRole('button', { name: 'Take over' }));
  await screen.findByRole('button', { name: 'Return to assistant' });
  expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Reply' }));
  await user.keyboard('{Enter}');
  const history = screen.getByRole('log', { name: 'Messages' });
  expect(await within(history).findByText('It is on its way')).toBeTruthy();
  expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Reply' }).value).toBe('');
});

it('is told when another agent has the conversation', async () => {
  const { user, house } = await open(houseWith());
  await user.type(screen.getByRole('textbox', { name: 'Reply' }), 'mine');
  act(() => void house.change('con_1', { agentId: 'agt_2', agentName: 'Ben', state: 'open' }));
  expect((await screen.findByText('Ben', { selector: 'strong' })).closest('[role="status"]')?.textContent).toContain(
    'has this conversation',
  );
  expect(screen.queryByRole('button', { name: 'Take over' })).toBeNull();
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Send' }).disabled).toBe(true);
});

it('takes, gives back and closes with single keys', async () => {
  const { user } = await open(houseWith());
  await user.click(screen.getByRole('log', { name: 'Messages' }));
  await user.keyboard('t');
  await screen.findByRole('button', { name: 'Return to assistant' });
  await user.click(screen.getByRole('log', { name: 'Messages' }));
  await user.keyboard('b');
  await screen.findByRole('button', { name: 'Take over' });
  await user.keyboard('e');
  expect(await screen.findByText(/This conversation is closed/)).toBeTruthy();
});

it('streams an answer with its tier and model, and tells what was tried for it', async () => {
  const house = houseWith();
  const trail: TurnTrail = {
    turnId: 't1',
    questionMessageId: 'con_1_msg_1',
    answerMessageId: 'm2',
    startedAt: 1,
    endedAt: 2,
    cause: 'answered',
    attempts: [
      { tier: 'claude', model: 'claude-opus-5-5', outcome: 'overloaded', detail: 'HTTP 529', firstTextMs: null, durationMs: 300 },
      { tier: 'gpt', model: 'gpt-5.5', outcome: 'complete', detail: null, firstTextMs: 410, durationMs: 1_900 },
    ],
  };
  const { user } = await open(house);
  act(() => {
    house.folders.get('con_1')?.turns.push(trail);
    house.addMessage('con_1', { id: 'm2', author: 'assistant', tier: 'gpt', model: 'gpt-5.5', status: 'streaming', text: '' });
    house.emit('message:delta', { messageId: 'm2', rev: 0, offset: 0, text: 'On its **way' });
  });
  expect((await screen.findByText('way')).tagName).toBe('STRONG');
  act(() => void house.change('con_1', {}));
  await user.click(await screen.findByRole('button', { name: '2 attempts' }));
  expect(screen.getByText('Overloaded')).toBeTruthy();
  expect(screen.getByText('HTTP 529')).toBeTruthy();
  expect(screen.getAllByText('gpt-5.5').length).toBeGreaterThan(1);
});

it('[D23] shows whatever a customer says, is called or comes from as plain text', async () => {
  const hostile = '<img src=x onerror=alert(1)><script>alert(1)</script>[x](javascript:alert(1)) ![i](https://evil.example/i.png)';
  const house = houseWith({
    pageTitle: hostile,
    pageUrl: 'javascript:alert(1)',
    preview: hostile,
    locale: '"><svg onload=alert(1)>',
    identity: { name: `Eve\u202e ${hostile}`, email: hostile, isVerified: false },
  });
  house.addMessage('con_1', { text: hostile });
  house.addMessage('con_1', {
    author: 'assistant',
    text: hostile,
    sources: [{ id: 's', title: hostile }],
    choices: [{ id: 'c', label: hostile }],
  });
  const { user } = await open(house);
  await user.click(screen.getByRole('button', { name: 'Customer details' }));
  await screen.findByText('Identity not verified');
  expect(document.querySelectorAll('img, script, iframe, [onerror], [onload], [href^="javascript"], [src]')).toHaveLength(0);
  expect(document.body.textContent).not.toContain('\u202e');
  for (const link of document.querySelectorAll('a[target]')) expect(link.getAttribute('rel')).toBe('noopener noreferrer nofollow');
});

it('writes notes for the team that survive in the history', async () => {
  const { user } = await open(houseWith());
  await user.click(screen.getByRole('tab', { name: 'Note' }));
  await user.type(screen.getByRole('textbox', { name: 'Note' }), 'VIP, be quick{Enter}');
  expect(await screen.findByText('Note by Mara, for the team only')).toBeTruthy();
  expect(screen.getByText('VIP, be quick')).toBeTruthy();
});

it('puts in a saved reply with the names filled', async () => {
  const { user } = await open(houseWith({ agentId: 'agt_1', state: 'open', identity: { name: 'Lena', email: null, isVerified: false } }));
  const reply = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Reply' });
  await user.type(reply, '/he');
  expect(screen.getByRole('listbox', { name: 'Saved replies' })).toBeTruthy();
  await user.keyboard('{Enter}');
  expect(reply.value).toBe('Hi Lena, this is Mara. I’m reading what you wrote and will answer in a moment.');
  expect(screen.queryByRole('listbox')).toBeNull();
});

it('shows who else looks and that the customer types', async () => {
  const { house } = await open(houseWith());
  act(() => {
    house.emit('agent:viewing', { conversationId: 'con_1', agents: [{ id: 'agt_2', name: 'Ben', isTyping: true }] });
    house.emit('visitor:typing', { conversationId: 'con_1' });
  });
  expect((await screen.findByText('Ben')).parentElement?.textContent).toBe('Ben is typing…');
  expect(screen.getByText('The customer is typing')).toBeTruthy();
});

it('keeps a draft for each conversation', async () => {
  const house = houseWith();
  house.addConversation({ id: 'con_2', preview: 'another' });
  const { user } = await open(house);
  await user.type(screen.getByRole('textbox', { name: 'Reply' }), 'for the first');
  await user.click(screen.getByText('another'));
  await expect.poll(() => screen.queryByRole<HTMLTextAreaElement>('textbox', { name: 'Reply' })?.value).toBe('');
  await user.click(document.querySelector('[data-conversation="con_1"]') ?? document.body);
  await expect.poll(() => screen.queryByRole<HTMLTextAreaElement>('textbox', { name: 'Reply' })?.value).toBe('for the first');
});

it('lets a viewer read and not answer', async () => {
  const house = houseWith();
  if (house.session) house.session = { ...house.session, agent: { ...house.session.agent, role: 'viewer' } };
  await open(house);
  expect(screen.getByText('Your role can read conversations but not answer them.')).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Take over' })).toBeNull();
  expect(screen.queryByRole('button', { name: 'Close conversation' })).toBeNull();
});
