import { describe, expect, it } from 'vitest';
import { createConnection } from './connection.ts';
import { createFakeClock, settle } from './testing/fake-clock.ts';
import { FakeServer } from './testing/fake-server.ts';

function createLine() {
  const server = new FakeServer();
  const clock = createFakeClock();
  let swapCount = 0;
  let lostCount = 0;
  const swap = () => {
    swapCount += 1;
  };
  const connection = createConnection({
    url: 'https://chat.example',
    auth: () => ({ site: 'shop' }),
    clock,
    random: () => 0.5,
    openSocket: (url, auth) => Object.assign(server.openSocket(url, auth), { swapTransports: swap }),
    onLost: () => {
      lostCount += 1;
    },
  });
  return { server, clock, connection, swaps: () => swapCount, losses: () => lostCount };
}

describe('connection', () => {
  it('[C9] gives an acknowledgement 8 s, then calls it unavailable', async () => {
    const { server, clock, connection } = createLine();
    server.intercept = () => 'silence';
    connection.open();
    let code = '';
    void connection.request('typing', {}).then((answer) => {
      code = answer.ok ? 'ok' : answer.error.code;
    });
    await clock.advance(7_999);
    expect(code).toBe('');
    await clock.advance(1);
    expect(code).toBe('unavailable');
  });

  it('never queues a command for a later connection', async () => {
    const { server, connection } = createLine();
    expect(await connection.request('typing', {})).toMatchObject({ ok: false, error: { code: 'unavailable' } });
    connection.open();
    await settle();
    expect(server.commands).toEqual([]);
  });

  it('[C18] lets the other transport go first after an attempt that failed, but not after a session that ended', async () => {
    const { server, connection, swaps, losses } = createLine();
    server.isUp = false;
    connection.open();
    await settle();
    expect([losses(), swaps()]).toEqual([1, 1]);
    connection.reconnect();
    await settle();
    expect([losses(), swaps()]).toEqual([2, 2]);
    server.isUp = true;
    connection.reconnect();
    await settle();
    server.drop();
    expect([losses(), swaps()]).toEqual([3, 2]);
  });

  it('closed means closed: a late loss does not bring it back', async () => {
    const { server, clock, connection } = createLine();
    connection.open();
    await settle();
    connection.close();
    server.drop();
    await clock.advance(10_000);
    connection.reconnect();
    await settle();
    expect(server.handshakes).toHaveLength(1);
  });
});
