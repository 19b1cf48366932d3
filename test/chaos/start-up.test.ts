import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { startAndFail, startServer } from '../support/server.ts';

const scratch = (): string => mkdtempSync(path.join(tmpdir(), 'stepdown-start-'));

describe('a start that can not work', () => {
  it('names every mistake of the environment at once', async () => {
    const { code, output } = await startAndFail({
      PORT: 'abc',
      DATABASE_URL: 'mysql://x',
      STEPDOWN_ADMIN_PASSWORD: 'short',
      STEPDOWN_DATA_DIR: scratch(),
    });
    expect(code).toBe(1);
    expect(output).toContain('config-invalid');
    for (const name of ['PORT', 'DATABASE_URL', 'STEPDOWN_ADMIN_PASSWORD']) expect(output).toContain(name);
    expect(output).not.toContain('    at ');
  });

  it('says which port is taken and how to use another, and leaves the data as it was', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, 'localhost', resolve));
    const address = taken.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const { code, output } = await startAndFail({ PORT: String(port), STEPDOWN_DATA_DIR: scratch() });
    taken.close();
    expect(code).toBe(1);
    expect(output).toContain(`Port ${port}`);
    expect(output).toContain('PORT=3001');
  });

  it('refuses a data file that is not a database, and does not touch it', async () => {
    const dataDir = scratch();
    const file = path.join(dataDir, 'stepdown.db');
    writeFileSync(file, 'this is somebody else’s file, quite long enough to be read as a header of a database');
    const { code, output } = await startAndFail({ PORT: '0', STEPDOWN_DATA_DIR: dataDir });
    expect(code).toBe(1);
    expect(output).toContain('store-corrupt');
    expect(readFileSync(file, 'utf8')).toContain('somebody else');
  });

  it('says that the data folder can not be written', async () => {
    const dataDir = path.join(scratch(), 'file');
    writeFileSync(dataDir, 'a file where the folder should be');
    const { code, output } = await startAndFail({ PORT: '0', STEPDOWN_DATA_DIR: path.join(dataDir, 'data') });
    expect(code).toBe(1);
    expect(output).toContain('store-not-writable');
  });

  it('says that the FAQ folder is missing', async () => {
    const { code, output } = await startAndFail({ PORT: '0', STEPDOWN_FAQ_DIR: '/no/such/folder', STEPDOWN_DATA_DIR: scratch() });
    expect(code).toBe(1);
    expect(output).toContain('faq-folder-missing');
  });

  it('starts with a broken FAQ file, names it with its line, and serves the others', async () => {
    const faqDir = scratch();
    mkdirSync(path.join(faqDir, 'en'));
    const entry = (id: string) =>
      `---\nid: ${id}\nquestion: Where is my ${id}?\nvariants: [find ${id}, ${id} location, lost ${id}]\nupdated: 2026-10-01\n---\nIt is **here**.\n`;
    writeFileSync(path.join(faqDir, 'en', 'parcel.md'), entry('parcel'));
    writeFileSync(path.join(faqDir, 'en', 'broken.md'), '---\nid: broken\nquestion: [oops\n---\ntext\n');
    const server = await startServer({ env: { STEPDOWN_FAQ_DIR: faqDir } });
    const { entries } = await (await fetch(`${server.url}/api/faq/public?locale=en`)).json();
    expect(entries.map((each: { id: string }) => each.id)).toEqual(['parcel']);
    expect(server.output()).toMatch(/broken\.md:\d+/);
    await server.stop();
  });

  it('refuses a second process on the same data folder and names the first', async () => {
    const server = await startServer();
    const { code, output } = await startAndFail({ PORT: '0', STEPDOWN_DATA_DIR: server.dataDir });
    expect(code).toBe(1);
    expect(output).toContain('store-locked');
    expect((await fetch(`${server.url}/readyz`)).ok).toBe(true);
    await server.stop();
  });
});

describe('production without a key', () => {
  it('simulates nothing and answers from the FAQ', async () => {
    const server = await startServer({ env: { NODE_ENV: 'production' } });
    const status = await (await fetch(`${server.url}/api/status`)).json();
    expect(status).toMatchObject({ tier: 'faq', isSimulated: false });
    expect(status.tiers.find((tier: { id: string }) => tier.id === 'claude')).toMatchObject({ state: 'unconfigured' });
    expect((await fetch(`${server.url}/api/simulator`)).status).toBe(404);
    await server.stop();
  });
});
