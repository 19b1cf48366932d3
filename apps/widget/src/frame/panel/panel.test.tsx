import { act, fireEvent, screen, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import ar from '../../locales/ar.ts';
import { messageView } from '../../testing/fake-client.ts';
import { renderPanel } from '../../testing/render-panel.tsx';

const status = () =>
  screen
    .getAllByRole('status')
    .map((element) => element.textContent)
    .join(' ');

const writtenIn = (element: HTMLElement) => (element instanceof HTMLTextAreaElement ? element.value : null);

describe('first contact', () => {
  it('greets, says that an AI answers, and offers a person', () => {
    renderPanel();
    expect(screen.getByRole('heading', { name: 'How can we help?' })).toBeDefined();
    expect(screen.getByText(/You're chatting with our AI assistant\. It can make mistakes\./)).toBeDefined();
    expect(screen.getByRole('button', { name: 'Talk to a person' })).toBeDefined();
    expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Your message' }));
  });

  it('does not claim that an AI answers while none does', () => {
    renderPanel({ notice: 'faq' });
    expect(screen.queryByText(/You're chatting with our AI assistant/)).toBeNull();
    expect(status()).toContain("Our AI assistant isn't available right now.");
  });
});

describe('writing', () => {
  it('sends with Enter, breaks the line with Shift and Enter, and empties the field', async () => {
    const { user, client } = renderPanel();
    const field = screen.getByRole('textbox', { name: 'Your message' });
    await user.type(field, 'one{Shift>}{Enter}{/Shift}two{Enter}');
    expect(client.send).toHaveBeenCalledExactlyOnceWith('one\ntwo');
    expect(writtenIn(field)).toBe('');
  });

  it('does not send while an input method composes', () => {
    const { client } = renderPanel();
    const field = screen.getByRole('textbox', { name: 'Your message' });
    fireEvent.change(field, { target: { value: 'にほん' } });
    fireEvent.keyDown(field, { key: 'Enter', isComposing: true });
    fireEvent.keyDown(field, { key: 'Enter', keyCode: 229 });
    expect(client.send).not.toHaveBeenCalled();
  });

  it('keeps what is not sent yet', async () => {
    const { user, client } = renderPanel();
    await user.type(screen.getByRole('textbox', { name: 'Your message' }), 'half a thought');
    expect(client.getDraft()).toBe('half a thought');
  });

  it('says how much is too much and sends nothing', () => {
    const { client } = renderPanel();
    const field = screen.getByRole('textbox', { name: 'Your message' });
    fireEvent.change(field, { target: { value: 'x'.repeat(4_003) } });
    fireEvent.keyDown(field, { key: 'Enter' });
    expect(client.send).not.toHaveBeenCalled();
    expect(status()).toContain('3 characters too many');
    fireEvent.change(field, { target: { value: 'x'.repeat(4_000) } });
    fireEvent.keyDown(field, { key: 'Enter' });
    expect(client.send).toHaveBeenCalledOnce();
  });

  it('fills in what the page asks for, but not over what was typed', () => {
    renderPanel({}, { view: { prefill: 'Where is order 7?' } });
    expect(writtenIn(screen.getByRole('textbox', { name: 'Your message' }))).toBe('Where is order 7?');
  });
});

describe('answers', () => {
  it('labels every message with who wrote it', () => {
    renderPanel({
      messages: [
        messageView({ author: 'visitor', text: 'Hello' }),
        messageView({ text: 'From the machine' }),
        messageView({ text: 'From the shelf', tier: 'faq' }),
        messageView({ text: 'From Mira', author: 'agent', authorName: 'Mira' }),
      ],
    });
    const names = within(screen.getByRole('log')).getAllByText(/^(You:|AI assistant|Answer from our team|Mira)$/);
    expect(names.map((element) => element.textContent.trim())).toEqual(['You:', 'AI assistant', 'Answer from our team', 'Mira']);
  });

  it('can be stopped while it is written, and rated and copied after', async () => {
    const answer = messageView({ text: 'Half an', status: 'streaming' });
    const { user, client, show, emit } = renderPanel({ messages: [answer] });
    expect(screen.queryByRole('button', { name: 'Helpful' })).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Stop answering' }));
    expect(client.stop).toHaveBeenCalledOnce();
    show({ messages: [{ ...answer, text: 'Half an answer', status: 'complete' }] });
    await user.click(screen.getByRole('button', { name: 'Helpful' }));
    expect(client.rate).toHaveBeenCalledExactlyOnceWith(answer.id, 'up');
    expect(emit).toHaveBeenCalledWith('rating', { messageId: answer.id, rating: 'up' });
    expect(screen.getByRole('button', { name: 'Copy' })).toBeDefined();
  });

  it('that broke off says that it continues, then shows the new text alone', () => {
    const cut = messageView({ text: 'Old half', status: 'interrupted', isContinuing: true });
    const { show } = renderPanel({ messages: [cut] });
    expect(screen.getByText('Interrupted – continuing.')).toBeDefined();
    show({ messages: [{ ...cut, rev: 1, text: 'New text', status: 'streaming', isContinuing: false }] });
    expect(screen.queryByText('Interrupted – continuing.')).toBeNull();
    expect(screen.queryByText(/Old half/)).toBeNull();
    expect(screen.getByText('New text')).toBeDefined();
  });

  it('shows the words also when the part that lays them out is missing', () => {
    renderPanel({ messages: [messageView({ text: 'You have **60 days**' })] }, { hasKit: false });
    expect(screen.getByText('You have **60 days**')).toBeDefined();
  });

  it('offers up to three choices, of which one can be taken', async () => {
    const choices = ['a', 'b', 'c', 'd'].map((id) => ({ id, label: `Question ${id}` }));
    const { user, client, show } = renderPanel({ messages: [messageView({ notice: 'choices', choices })] });
    expect(screen.getAllByRole('button', { name: /Question/ })).toHaveLength(3);
    await user.click(screen.getByRole('button', { name: 'Question b' }));
    expect(client.send).toHaveBeenCalledExactlyOnceWith('Question b', { choiceId: 'b' });
    show({ messages: [messageView({ notice: 'choices', choices }), messageView({ author: 'visitor', text: 'Question b' })] });
    expect(screen.getByRole('button', { name: 'Question a' }).hasAttribute('disabled')).toBe(true);
  });

  it('names its sources, and a press asks for one', async () => {
    const { user, client } = renderPanel({
      messages: [messageView({ text: 'x', sources: [{ id: 'returns', title: 'Returning things' }] })],
    });
    const list = screen.getByRole('list', { name: 'From our help articles' });
    await user.click(within(list).getByRole('button', { name: 'Returning things' }));
    expect(client.send).toHaveBeenCalledExactlyOnceWith('Returning things', { choiceId: 'returns' });
  });
});

describe('a person', () => {
  it('is asked at once from the line below the field', async () => {
    const { user, client } = renderPanel({ messages: [messageView({ text: 'Hi' })] });
    await user.click(screen.getByRole('button', { name: 'Talk to a person' }));
    expect(client.requestHandoff).toHaveBeenCalledExactlyOnceWith();
  });

  it('is asked with the first message when nothing was said yet', async () => {
    const { user, client } = renderPanel();
    await user.click(screen.getByRole('button', { name: 'Talk to a person' }));
    expect(status()).toContain("Write what it's about");
    await user.type(screen.getByRole('textbox', { name: 'Your message' }), 'My lamp broke{Enter}');
    expect(client.requestHandoff).toHaveBeenCalledExactlyOnceWith({ note: 'My lamp broke' });
    expect(client.send).not.toHaveBeenCalled();
  });

  it.each(['handoff', 'not-found', 'refused'] as const)('is offered after "%s", with an address if the visitor likes', async (notice) => {
    const { user, client } = renderPanel({ messages: [messageView({ notice, tier: 'handoff' })] });
    expect(screen.getAllByRole('button', { name: 'Talk to a person' })).toHaveLength(1);
    await user.type(screen.getByRole('textbox', { name: 'E-mail (optional)' }), 'me@example.com');
    await user.click(screen.getByRole('button', { name: 'Talk to a person' }));
    expect(client.requestHandoff).toHaveBeenCalledExactlyOnceWith({ email: 'me@example.com' });
  });

  it('[P17][P18] or the assistant later: an outage question can wait for it, and be taken back', async () => {
    const answer = messageView({ notice: 'handoff', deferral: 'possible' });
    const { user, client, show } = renderPanel({ messages: [answer] });
    await user.click(screen.getByRole('button', { name: 'Answer when the assistant is back' }));
    expect(client.defer).toHaveBeenCalledExactlyOnceWith(answer.id);
    show({ messages: [{ ...answer, deferral: 'parked' }, messageView({ author: 'system', notice: 'deferred' })] });
    expect(within(screen.getByRole('log')).getByText(/We'll answer this as soon as our assistant is back\./)).toBeDefined();
    await user.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(client.withdraw).toHaveBeenCalledExactlyOnceWith(answer.id);
  });

  it('[P16] a saved answer of the assistant is named as one', () => {
    renderPanel({ messages: [messageView({ text: 'x', tier: 'faq', savedAt: Date.parse('2026-03-02T12:00:00Z') })] });
    expect(screen.getByText('Saved answer from our AI assistant')).toBeDefined();
    expect(screen.getByText('Written 3/2/2026')).toBeDefined();
  });

  it('who is waited for: saved, place in line, address later', async () => {
    const messages = [messageView({ author: 'system', notice: 'queued' })];
    const { user, client, show } = renderPanel({ messages, handoff: { state: 'queued', position: 2, isRequested: false } });
    expect(status()).toContain("We've saved your message. We'll answer here.");
    expect(screen.getByText('Your place in line: 2')).toBeDefined();
    await user.type(screen.getByRole('textbox', { name: 'E-mail (optional)' }), 'me@example.com{Enter}');
    expect(client.requestHandoff).toHaveBeenCalledExactlyOnceWith({ email: 'me@example.com' });
    show({ messages, handoff: { state: 'queued', position: 2, email: 'me@example.com', isRequested: false } });
    expect(status()).toContain('by e-mail to me@example.com');
  });

  it('[P21] says how long it may take, and from when outside of business hours', () => {
    const handoff = { state: 'queued', position: 1, isRequested: false } as const;
    const { show } = renderPanel({ handoff: { ...handoff, waitMs: 61_000 }, messages: [messageView({ text: 'x' })] });
    expect(screen.getByText('About 2 min')).toBeDefined();
    show({ handoff: { ...handoff, answersAt: new Date(2026, 2, 2, 9).getTime() }, messages: [messageView({ text: 'x' })] });
    expect(screen.getByText(/^Our team answers from Monday.+9:00/)).toBeDefined();
    expect(screen.queryByText(/About/)).toBeNull();
  });

  it('[P22] can be rated when the conversation is closed', async () => {
    const { user, client } = renderPanel({ messages: [messageView({ author: 'system', notice: 'rate' })] });
    const group = screen.getByRole('group', { name: 'How was your conversation with our team?' });
    await user.click(within(group).getByRole('button', { name: '4 of 5' }));
    expect(client.rateConversation).toHaveBeenCalledExactlyOnceWith(4);
    expect(status()).toContain('Thanks for telling us.');
  });

  it('who has joined is named', () => {
    renderPanel({
      messages: [messageView({ author: 'system', notice: 'agent-joined', authorName: 'Mira' })],
      handoff: { state: 'active', agent: 'Mira', isRequested: false },
    });
    expect(status()).toContain("You're now talking to Mira, a person on our team.");
    expect(screen.queryByRole('button', { name: 'Talk to a person' })).toBeNull();
  });
});

describe('trouble', () => {
  it('keeps a message and says so, with an address for the impatient', () => {
    renderPanel({ connection: 'offline', messages: [messageView({ author: 'visitor', text: 'Hello', delivery: 'waiting' })] });
    expect(status()).toContain("We can't connect right now. Your message is kept on this device");
    expect(screen.getByRole('link', { name: 'help@shop.example' })?.getAttribute('href')).toBe('mailto:help@shop.example');
    expect(screen.getByText('Not sent yet')).toBeDefined();
  });

  it('lets the visitor send a refused message again or remove it', async () => {
    const message = messageView({ author: 'visitor', text: 'Hello', delivery: 'failed' });
    const { user, client } = renderPanel({ messages: [message] });
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(client.retry).toHaveBeenCalledExactlyOnceWith(message.id);
    await user.click(screen.getByRole('button', { name: 'Remove' }));
    expect(client.discard).toHaveBeenCalledExactlyOnceWith(message.id);
  });

  it('says once and quietly that the assistant left and came back, and never which vendor', () => {
    vi.useFakeTimers();
    try {
      const { show, container } = renderPanel({ notice: 'ai' });
      show({ notice: 'ai', tier: 'gpt' });
      expect(status()).toBe('');
      show({ notice: 'faq', tier: 'faq' });
      expect(status()).toContain("isn't available right now");
      show({ notice: 'ai', tier: 'claude' });
      expect(status()).toBe('Our AI assistant is back.');
      act(() => vi.advanceTimersByTime(8_000));
      expect(status()).toBe('');
      expect(container.textContent).not.toMatch(/claude|gpt/i);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('accessibility', () => {
  it('streams into a log that is not live and is busy while it streams', () => {
    const answer = messageView({ text: 'Half', status: 'streaming' });
    const { show } = renderPanel({ messages: [answer] });
    const log = screen.getByRole('log');
    expect(log.getAttribute('aria-live')).toBe('off');
    expect(log.getAttribute('aria-busy')).toBe('true');
    show({ messages: [{ ...answer, status: 'complete' }] });
    expect(log.getAttribute('aria-busy')).toBe('false');
  });

  it('reads out finished answers, whole sentences of the last revision only, and nothing of an earlier visit', () => {
    const old = messageView({ text: 'Said last week.' });
    const answer = messageView({ text: 'Old half', status: 'streaming' });
    const { show } = renderPanel({ messages: [old] });
    const region = screen.getByTestId('announcer');
    expect(region.getAttribute('aria-live')).toBe('polite');
    show({ messages: [old, answer] });
    show({ messages: [old, { ...answer, status: 'interrupted', isContinuing: true }] });
    expect(region.textContent).toBe('');
    show({ messages: [old, { ...answer, rev: 1, text: 'You have **60 days**. Keep the label.', status: 'complete' }] });
    expect([...region.children].map((child) => child.textContent)).toEqual(['AI assistant: You have 60 days.', 'Keep the label.']);
  });

  it('never uses an alert', () => {
    renderPanel({ connection: 'offline', notice: 'faq', messages: [messageView({ author: 'visitor', delivery: 'failed', text: 'x' })] });
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('closes with Escape, but leaves it to a composing input method and to an open menu', async () => {
    const { user, onClose } = renderPanel({ messages: [messageView({ text: 'Hi' })] });
    const field = screen.getByRole('textbox', { name: 'Your message' });
    fireEvent.keyDown(field, { key: 'Escape', isComposing: true });
    expect(onClose).not.toHaveBeenCalled();
    await user.click(screen.getByRole('button', { name: 'More' }));
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('button', { name: 'Download conversation' })).toBeNull();
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'More' }));
    expect(onClose).not.toHaveBeenCalled();
    await user.keyboard('{Escape}');
    expect(onClose).toHaveBeenCalledOnce();
  });

  it('does not steal the focus when something arrives', async () => {
    const { user, show } = renderPanel({ messages: [messageView({ text: 'Hi' })] });
    await user.click(screen.getByRole('button', { name: 'Helpful' }));
    show({ messages: [messageView({ id: 'msg_a', text: 'Hi' }), messageView({ text: 'More', author: 'agent' })], unreadCount: 1 });
    // The pressed button went with the answer before; Escape still works from where the focus is now.
    expect(document.activeElement).toBe(screen.getByRole('main'));
  });

  it('marks what was seen while it is open', () => {
    const { client, show } = renderPanel();
    show({ messages: [messageView({ text: 'Hi' })], unreadCount: 1 });
    expect(client.markRead).toHaveBeenCalled();
  });

  it('gives each message its own direction', () => {
    renderPanel({ messages: [messageView({ text: 'مرحبا' })] }, { texts: ar });
    expect(screen.getByText('مرحبا').closest('[dir]')?.getAttribute('dir')).toBe('auto');
  });
});
