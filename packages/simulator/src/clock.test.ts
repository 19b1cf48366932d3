import { expect, it } from 'vitest';
import { pause, type SimulatorClock, untilAborted } from './clock.ts';

/** A clock that fires only by hand. */
function handClock(): SimulatorClock & { readonly waiting: Set<() => void> } {
  const waiting = new Set<() => void>();
  return {
    waiting,
    now: () => 0,
    setTimeout: (callback) => {
      waiting.add(callback);
      return callback;
    },
    clearTimeout: (timer) => {
      for (const callback of waiting) if (callback === timer) waiting.delete(callback);
    },
  };
}

it('[S31] waits for the clock, and leaves no timer when the wait is called off', async () => {
  const clock = handClock();
  const stop = new AbortController();
  const timed = pause(clock, 10, stop.signal);
  for (const fire of clock.waiting) fire();
  await timed;
  const calledOff = pause(clock, 10, stop.signal);
  expect(clock.waiting.size).toBe(1);
  stop.abort();
  await calledOff;
  expect(clock.waiting.size).toBe(0);
  await pause(clock, 10, stop.signal);
  await untilAborted(stop.signal);
  expect(clock.waiting.size).toBe(0);
});

it('[S19] does not wait for no time at all', async () => {
  const clock = handClock();
  await pause(clock, 0, new AbortController().signal);
  expect(clock.waiting.size).toBe(0);
});
