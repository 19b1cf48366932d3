import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort, startServer, type TestServer } from '../support/server.ts';
import { call, PASSWORD, signIn } from './support/agents.ts';
import { BEHIND_PROXY } from './support/proxy-address.ts';

let server: TestServer;
let setUpToken: string;

beforeAll(async () => {
  server = await startServer({ env: BEHIND_PROXY });
  setUpToken = server.setUpToken() ?? '';
});
afterAll(async () => {
  await server.stop();
});

describe('the first account', () => {
  it('[D50] does not exist before somebody makes it: no default name, no default password', async () => {
    const store = new DatabaseSync(path.join(server.dataDir, 'stepdown.db'), { readOnly: true });
    expect(store.prepare('select count(*) as count from agent').get()).toEqual({ count: 0 });
    store.close();
    expect((await signIn(server, 'admin@example.com', 'admin')).status).toBe(401);
  });

  it('[D50] needs the printed token, and of two who redeem it at the same moment one gets in', async () => {
    const wrong = { token: 'a'.repeat(43), name: 'Eve', email: 'eve@evil.example', password: PASSWORD };
    expect((await call(server, 'POST', '/api/agent/set-up', { body: wrong })).status).toBe(404);
    const tries = ['ada@shop.example', 'eve@evil.example'].map((email) =>
      call(server, 'POST', '/api/agent/set-up', { body: { token: setUpToken, name: 'Ada', email, password: PASSWORD } }),
    );
    const responses = await Promise.all(tries);
    expect(responses.map(({ status }) => status).sort()).toEqual([200, 404]);
    const winner = responses.find(({ ok }) => ok);
    if (winner === undefined) throw new Error('Nobody got in.');
    expect(await winner.json()).toMatchObject({ agent: { role: 'admin' } });
  });

  it('[D50] closes the set-up for good: the token is worth nothing, and a new start prints none', async () => {
    const again = { token: setUpToken, name: 'Eve', email: 'eve2@evil.example', password: PASSWORD };
    expect((await call(server, 'POST', '/api/agent/set-up', { body: again })).status).toBe(404);
    // Stopping would remove the data folder that this test made.
    await server.kill();
    server = await startServer({ env: BEHIND_PROXY, dataDir: server.dataDir, port: await freePort() });
    expect(server.setUpToken()).toBeUndefined();
    expect((await call(server, 'POST', '/api/agent/set-up', { body: again })).status).toBe(404);
  });
});
