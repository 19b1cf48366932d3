import { connect } from 'node:net';
import { expect, it } from 'vitest';
import { systemClock } from '../clock.ts';
import { openBlackhole } from './blackhole.ts';

it.skipIf(process.platform === 'win32')('[S31] [S33] lets no connection through, and is gone after close', async () => {
  const blackhole = await openBlackhole(systemClock);
  const outcome = (waitMs: number) =>
    new Promise<string>((resolve) => {
      const socket = connect(blackhole.port, '127.0.0.1');
      const settle = (word: string) => {
        resolve(word);
        socket.destroy();
      };
      socket.on('connect', () => settle('connected')).on('error', (cause: Error & { code?: string }) => settle(cause.code ?? 'error'));
      setTimeout(() => settle('nothing'), waitMs);
    });
  expect(await outcome(50)).toBe('nothing');
  await blackhole.close();
  expect(await outcome(1_000)).toBe('ECONNREFUSED');
});
