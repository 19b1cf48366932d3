import { FakeHouse, makeMember } from '@stepdown/client/testing';
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

it('puts in a saved reply of the team with the names filled', async () => {
  const house = houseWith({ agentId: 'agt_1', state: 'open', identity: { name: 'Lena', email: null, isVerified: false } });
  const saved = { updatedBy: 'Ben', updatedAt: 1 };
  house.cannedReplies = [
    { ...saved, id: 'r1', shortcut: 'hello', locale: null, text: 'Hi {name}, this is {agent} of {site|us}.' },
    { ...saved, id: 'r2', shortcut: 'hello', locale: 'de', text: 'Hallo {name}' },
  ];
  const { user } = await open(house);
  const reply = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Reply' });
  await user.type(reply, '/he');
  expect(await screen.findAllByRole('option')).toHaveLength(1);
  await user.keyboard('{Enter}');
  expect(reply.value).toBe('Hi Lena, this is Mara of us.');
  expect(screen.queryByRole('listbox')).toBeNull();
});

it('calls a colleague by @ in a note, and is called by one wherever it is', async () => {
  const house = houseWith();
  house.team = [makeMember(), makeMember({ id: 'ben', name: 'Ben Adler' })];
  const { user } = await open(house);
  await user.click(screen.getByRole('tab', { name: 'Note' }));
  await user.type(screen.getByRole('textbox', { name: 'Note' }), 'Know this, @be');
  expect(await screen.findByRole('option', { name: /@Ben Adler/ })).toBeTruthy();
  await user.keyboard('{Enter}?{Enter}');
  expect(await screen.findByText('Know this, @Ben Adler ?')).toBeTruthy();
  expect(house.calls.find(({ name }) => name === 'note:add')?.payload.mentions).toEqual(['ben']);
  const note = { id: 'n', conversationId: 'con_2', authorName: 'Ben Adler', text: '@Mara look', createdAt: 1, mentions: ['agt_1'] };
  act(() => house.emit('agent:mentioned', { note }));
  expect(await screen.findByText('Ben Adler mentions you: @Mara look')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Open' }));
  expect(window.location.pathname).toBe('/console/inbox/all/con_2');
});

it('hands a reply back that crosses a colleague’s, and sends it once theirs was seen', async () => {
  const house = houseWith({ agentId: 'agt_1', state: 'open' });
  const { user } = await open(house);
  let isFirst = true;
  house.intercept = ({ name }) => {
    if (name !== 'message:send' || !isFirst) return undefined;
    isFirst = false;
    house.addMessage('con_1', { author: 'agent', authorName: 'Ben', text: 'Theirs' });
    return { ok: false, error: { code: 'conflict', message: 'Ben has replied in the meantime. Read it first.' } };
  };
  await user.type(screen.getByRole('textbox', { name: 'Reply' }), 'Mine{Enter}');
  expect(await screen.findByText('Not sent. Ben has replied in the meantime. Read it first.')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Send again' }));
  await expect.poll(() => house.calls.filter(({ name }) => name === 'message:send').map(({ payload }) => payload.seenSeq)).toEqual([1, 2]);
  await expect.poll(() => screen.queryByText(/Not sent/)).toBeNull();
});

it('suggests a reply and sums up, says who wrote them, and puts the reply behind the draft', async () => {
  const house = houseWith({ agentId: 'agt_1', state: 'open' });
  house.routes.set('POST /api/agent/conversations/con_1/suggest', () => ({
    summary: { text: 'Wants to know where the kettle is.', tier: 'faq', model: null },
    reply: { text: 'It ships on Monday.', tier: 'gpt', model: 'gpt-5.5', sources: [{ id: 's', title: 'Shipping' }] },
    hits: [{ id: 'h', question: 'When do you ship?', answer: 'Within two days.' }],
    upToSeq: 1,
  }));
  const { user } = await open(house);
  await user.type(screen.getByRole('textbox', { name: 'Reply' }), 'Hello!');
  await user.click(screen.getByRole('button', { name: 'Suggest' }));
  const card = await screen.findByRole('region', { name: 'Suggestion' });
  expect(within(card).getByRole('heading', { name: /So far FAQ\s*no model answered/ })).toBeTruthy();
  expect(within(card).getByRole('heading', { name: /Reply GPT\s*gpt-5.5/ })).toBeTruthy();
  expect(card.textContent).toContain('From: Shipping');
  act(() => void house.addMessage('con_1', { text: 'And?' }));
  expect(await within(card).findByRole('button', { name: 'The customer wrote again: ask anew' })).toBeTruthy();
  await user.click(within(card).getByRole('button', { name: 'Put into the reply' }));
  expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Reply' }).value).toBe('Hello!\n\nIt ships on Monday.');
  expect(house.calls.some(({ name }) => name === 'message:send')).toBe(false);
  expect(screen.queryByRole('region', { name: 'Suggestion' })).toBeNull();
});

it('labels, puts aside and gives away with single keys and menus', async () => {
  const house = houseWith();
  house.labels = [{ id: 'l', name: 'VIP', colour: '#2f6f4f' }];
  house.team = [makeMember(), makeMember({ id: 'ben', name: 'Ben Adler', isAway: true })];
  const { user } = await open(house);
  await user.click(screen.getByRole('log', { name: 'Messages' }));
  await user.keyboard('l');
  expect((await screen.findByRole('menuitemcheckbox', { name: 'VIP' })).getAttribute('aria-checked')).toBe('false');
  await user.keyboard('{Enter}{Escape}');
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Label' }));
  await expect.poll(() => house.folders.get('con_1')?.conversation.labels.map(({ name }) => name)).toEqual(['VIP']);
  await user.keyboard('z{ArrowDown}{Enter}');
  await expect.poll(() => house.folders.get('con_1')?.conversation.state).toBe('snoozed');
  expect(await screen.findByText(/^put aside until/)).toBeTruthy();
  await user.keyboard('a');
  expect(await screen.findByRole('menuitem', { name: /Ben Adler\s*away, 0 open/ })).toBeTruthy();
  await user.keyboard('b{Enter}');
  expect(await screen.findByText('Ben Adler has it now.')).toBeTruthy();
  expect((await screen.findByText('Ben Adler', { selector: 'strong' })).textContent).toBe('Ben Adler');
});

it('does not take a conversation for the t of g t', async () => {
  const house = houseWith();
  const { user } = await open(house);
  await user.click(screen.getByRole('log', { name: 'Messages' }));
  await user.keyboard('gt');
  await expect.poll(() => window.location.pathname).toBe('/console/team');
  expect(house.calls.some(({ name }) => name === 'conversation:take')).toBe(false);
});

it('shows how content the customer was and what they asked before', async () => {
  const house = houseWith();
  const other = house.addConversation({ id: 'con_9', state: 'resolved', preview: 'My **lamp** is broken' });
  house.routes.set('GET /api/agent/conversations/con_1/visitor', () => ({
    visitor: { id: 'vis_1', name: null, email: null, isVerified: false, firstSeenAt: 1, seenAt: 2 },
    conversations: [other],
    rating: { score: 4, comment: 'Quick!', ratedAt: 3 },
  }));
  const { user } = await open(house);
  await user.click(screen.getByRole('button', { name: 'Customer details' }));
  expect((await screen.findByText(/4 of 5/)).parentElement?.textContent).toContain('Quick!');
  await user.click(screen.getByRole('link', { name: /My lamp is broken.*closed/ }));
  expect(window.location.pathname).toBe('/console/inbox/all/con_9');
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
