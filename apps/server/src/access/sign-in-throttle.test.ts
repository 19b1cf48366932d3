import { createManualClock } from '@stepdown/kernel/testing';
import type { Store } from '@stepdown/store';
import { describe, expect, it } from 'vitest';
import { createSignInThrottle } from './sign-in-throttle.ts';

function newThrottle() {
  const clock = createManualClock();
  let failures: { key: string; at: number }[] = [];
  const signInAttempts: Store['signInAttempts'] = {
    async record({ key, at }) {
      failures.push({ key, at });
    },
    countFailuresSince: async (key, since) => failures.filter((failure) => failure.key === key && failure.at >= since).length,
    async clear(key) {
      failures = failures.filter((failure) => failure.key !== key);
    },
  };
  const throttle = createSignInThrottle({ store: { signInAttempts }, clock });
  const guess = async (account: string, address: string, isRight = false): Promise<'tried' | 'refused'> =>
    (await throttle.attempt({ account, address }, async () => isRight)).waitMs > 0 ? 'refused' : 'tried';
  return { clock, guess, throttle };
}

async function times<Value>(count: number, work: (index: number) => Promise<Value>): Promise<Value[]> {
  const results: Value[] = [];
  for (let index = 0; index < count; index += 1) results.push(await work(index));
  return results;
}

describe('guessing a password', () => {
  it('[D46] ends with the fifth failure of an account, whatever the address, and begins again after 15 minutes', async () => {
    const { clock, guess } = newThrottle();
    expect(await times(7, (index) => guess('ada', `address-${index}`))).toEqual([...Array(5).fill('tried'), 'refused', 'refused']);
    expect(await guess('ada', 'elsewhere', true)).toBe('refused');
    clock.advance(15 * 60_000 + 1);
    expect(await guess('ada', 'elsewhere', true)).toBe('tried');
  });

  it('[D46] ends with the thirtieth failure of an address, whatever the account', async () => {
    const { guess } = newThrottle();
    expect(await times(31, (index) => guess(`account-${index}`, 'one'))).toEqual([...Array(30).fill('tried'), 'refused']);
    expect(await guess('account-99', 'another')).toBe('tried');
  });

  it('[D46] forgets an account after a success, but not what its address did to others', async () => {
    const { guess } = newThrottle();
    await times(4, () => guess('ada', 'one'));
    await guess('ada', 'one', true);
    expect(await times(5, () => guess('ada', 'one'))).toEqual(Array(5).fill('tried'));
    await times(21, (index) => guess(`account-${index}`, 'one'));
    expect(await guess('bo', 'one')).toBe('refused');
  });

  it('[D46] is no faster with forty guesses at the same moment', async () => {
    const { guess } = newThrottle();
    const outcomes = await Promise.all(Array.from({ length: 40 }, () => guess('ada', 'one')));
    expect(outcomes.filter((outcome) => outcome === 'tried')).toHaveLength(5);
  });

  it('[D46] gives its place back when the check itself fails', async () => {
    const { guess, throttle } = newThrottle();
    const broken = (): Promise<boolean> => Promise.reject(new Error('no memory'));
    await times(10, () => throttle.attempt({ account: 'ada', address: 'one' }, broken).catch(() => undefined));
    expect(await guess('ada', 'one')).toBe('tried');
  });
});
