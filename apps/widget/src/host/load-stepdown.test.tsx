import { act, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';
import { defineStepdownElement } from './stepdown-element.ts';
import { StepdownWidget, useStepdown } from './stepdown-widget.tsx';

const url = 'https://chat.example';
const scripts = () => [...document.querySelectorAll<HTMLScriptElement>('script[data-stepdown]')];

/** What the script does when it arrives: takes over the queue and answers commands. */
function arrive() {
  const calls: unknown[][] = [...(window.Stepdown?.q ?? [])];
  const loaded = vi.fn((...call: unknown[]) => void calls.push(call));
  window.Stepdown = Object.assign(loaded, { isLoaded: true as const });
  const emit = (name: string, detail?: unknown) => {
    for (const [command, event, listener] of calls)
      if (command === 'on' && event === name && typeof listener === 'function') listener(detail);
  };
  return { calls, emit };
}

afterEach(() => {
  for (const script of scripts()) script.remove();
  delete window.Stepdown;
});

it('the component loads the script once, with its options as attributes, and says who is there', () => {
  render(<StepdownWidget url={`${url}/`} site="shop" accent="#112233" offsetX={8} identity="a.b.c" />);
  render(<StepdownWidget url={url} />);
  expect(scripts()).toHaveLength(1);
  expect(scripts()[0]?.src).toBe('https://chat.example/widget.js');
  expect(scripts()[0]?.dataset).toMatchObject({ site: 'shop', accent: '#112233', offsetX: '8' });
  expect(window.Stepdown?.q).toContainEqual(['identify', 'a.b.c']);
});

it('events reach the page until the component goes', () => {
  const onEvent = vi.fn();
  const { unmount } = render(<StepdownWidget url={url} onEvent={onEvent} />);
  const { emit } = arrive();
  emit('unread', 2);
  expect(onEvent).toHaveBeenCalledExactlyOnceWith('unread', 2);
  unmount();
  emit('unread', 3);
  expect(onEvent).toHaveBeenCalledOnce();
});

it('the hook opens the chat and follows it', async () => {
  function Button() {
    const { open, isOpen, unreadCount } = useStepdown({ url });
    return (
      <button type="button" onClick={open}>
        {isOpen ? 'open' : 'closed'} {unreadCount}
      </button>
    );
  }
  render(<Button />);
  const { calls, emit } = arrive();
  await userEvent.setup().click(screen.getByRole('button', { name: 'closed 0' }));
  expect(calls).toContainEqual(['open']);
  act(() => {
    emit('open');
    emit('unread', 3);
  });
  expect(screen.getByRole('button', { name: 'open 3' })).toBeDefined();
});

it('the element takes the same options, and a later identity', () => {
  defineStepdownElement();
  document.body.innerHTML = `<stepdown-chat url="${url}" site="shop" offset-y="12"></stepdown-chat>`;
  expect(scripts()[0]?.dataset).toMatchObject({ site: 'shop', offsetY: '12' });
  document.querySelector('stepdown-chat')?.setAttribute('identity', 'a.b.c');
  expect(window.Stepdown?.q?.at(-1)).toEqual(['identify', 'a.b.c']);
  document.body.innerHTML = '';
});
