import { execFileSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { agentCommands } from '@stepdown/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROUTE_RIGHTS } from '../../apps/server/src/access/rights.ts';
import { root } from '../support/server.ts';
import { connectVisitor } from '../support/visitor.ts';
import { type AgentAccess, call, openConsole, PASSWORD, setUpAdmin } from './support/agents.ts';
import { ownFaqFolder } from './support/faq-folder.ts';
import { newAddress } from './support/proxy-address.ts';
import { IDENTITY_SECRET, KEYS, type SimulatedServer, startSimulated } from './support/simulated-server.ts';

describe('a running server', () => {
  let house: SimulatedServer;
  let admin: AgentAccess;
  beforeAll(async () => {
    house = await startSimulated({ env: { LOG_LEVEL: 'trace', ...ownFaqFolder() }, tiers: ['claude', 'gpt', 'open-model'] });
    admin = await setUpAdmin(house.server);
  });
  afterAll(async () => {
    await house.stop();
  });

  const PAGES = [
    '/',
    '/console',
    '/status',
    '/api/status',
    '/api/status/history',
    '/api/faq/public',
    '/healthz',
    '/readyz',
    '/metrics',
    '/widget.js',
  ];
  const VALID: Readonly<Record<string, object>> = {
    'tier:force': { tier: 'faq', reason: 'a rehearsal', forMs: 60_000 },
    'drill:start': { target: 'gpt', fault: 'bad-key', share: 1, forMs: 5_000, reason: 'a rehearsal' },
  };

  it('[D40] returns no key and no secret to an admin: by no route, event or log line, even while a key fails', async () => {
    const seen: string[] = [];
    const socket = await openConsole(house.server, admin);
    socket.onAny((name: string, payload: unknown) => seen.push(JSON.stringify([name, payload])));
    await house.simulator.control.set('claude', { mode: 'bad-key' });
    await house.simulator.control.set('gpt', { mode: 'bad-key' });
    const visitor = await connectVisitor(house.server.url, { headers: newAddress() });
    const sent = await visitor.send('message:send', { clientMessageId: 'd40', text: 'How long may I return it?' });
    const conversationId = sent.ok ? sent.conversationId : '';
    await visitor.completed();
    seen.push(JSON.stringify(visitor.events));

    for (const route of Object.keys(ROUTE_RIGHTS)) {
      const [method = '', pattern = ''] = route.split(' ');
      if (pattern.endsWith('sign-out')) continue;
      const at = pattern.replace(':conversationId', conversationId).replace(':agentId', admin.session.agent.id).replaceAll(/:\w+/g, 'none');
      const response = await call(house.server, method, at, { as: admin });
      seen.push(JSON.stringify([...response.headers]), await response.text());
    }
    for (const page of PAGES) seen.push(await (await call(house.server, 'GET', page)).text());
    for (const event of Object.keys(agentCommands)) {
      const payload = { conversationId, clientMessageId: event, text: 'a note', alertId: 'none', ...VALID[event] };
      seen.push(JSON.stringify(await socket.timeout(5_000).emitWithAck(event, payload)));
    }
    await new Promise((resolve) => setTimeout(resolve, 300));
    seen.push(house.server.output());
    socket.close();
    visitor.close();

    const everything = seen.join('\n');
    // The control: what admins do get to see is in there.
    expect(everything).toContain(conversationId);
    expect(everything).toContain('ladder:changed');
    const secrets = [
      ...Object.values(KEYS),
      IDENTITY_SECRET,
      PASSWORD,
      'scrypt$',
      admin.cookie.split('=')[1] ?? 'no cookie',
      visitor.session.token,
    ];
    const parts = Object.values(KEYS).map((key) => key.slice(-10));
    const found = [...secrets, ...parts].filter((secret) =>
      everything.replaceAll(`"token":"${visitor.session.token}"`, '').includes(secret),
    );
    expect(found).toEqual([]);
  });
});

/** Keys as their issuers make them, long enough that no example or test value matches. */
const KEY_PATTERNS = [
  'sk-ant-[a-z0-9]+-[A-Za-z0-9_-]{40,}',
  'sk-(proj|svcacct|admin)-[A-Za-z0-9_-]{40,}',
  'sk-[A-Za-z0-9]{48}',
  'AKIA[0-9A-Z]{16}',
  'gh[pousr]_[A-Za-z0-9]{36}',
  'github_pat_[A-Za-z0-9_]{60,}',
  'glpat-[A-Za-z0-9_-]{20}',
  'npm_[A-Za-z0-9]{36}',
  'xox[abprs]-[A-Za-z0-9-]{20,}',
  'hooks\\.slack\\.com/services/T[A-Z0-9]{8,}',
  'AIza[0-9A-Za-z_-]{35}',
  '-----BEGIN [A-Z ]*PRIVATE KEY-----\\s*[A-Za-z0-9+/=]{40}',
  'eyJ[A-Za-z0-9_-]{20,}\\.eyJ[A-Za-z0-9_-]{20,}\\.[A-Za-z0-9_-]{20,}',
];
const KEY = new RegExp(KEY_PATTERNS.join('|'));

describe('the repository', () => {
  it('[D44] is searched by patterns that find a key', () => {
    // Put together here, so that this file is not a finding itself.
    const samples = [
      `sk-ant-${'api03'}-${'aB3_'.repeat(20)}`,
      `sk-proj-${'Zx9-'.repeat(20)}`,
      `AKIA${'ABCD'.repeat(4)}`,
      `ghp_${'a1B2'.repeat(9)}`,
    ];
    for (const sample of samples) expect(sample).toMatch(KEY);
    expect('sk-test-SECRETKEY123').not.toMatch(KEY);
  });

  it('[D44] has no key in what is built for browsers, and no environment either', () => {
    const files = ['widget', 'console', 'demo'].flatMap((app) => globSync(`apps/${app}/dist/**/*`, { cwd: root }));
    const texts = files
      .filter((file) => /\.(js|css|html|map|json|svg|txt)$/.test(file))
      .map((file) => [file, readFileSync(path.join(root, file), 'utf8')] as const);
    expect(texts.filter(([, text]) => KEY.test(text)).map(([file]) => file)).toEqual([]);
    const names = /ANTHROPIC_API_KEY|OPENAI_API_KEY|STEPDOWN_IDENTITY_SECRET|DATABASE_URL/;
    expect(texts.filter(([, text]) => names.test(text)).map(([file]) => file)).toEqual([]);
  });

  it.skipIf(!existsSync(path.join(root, '.git')))('[D44] has never had a key in its history', () => {
    const added = execFileSync(
      'git',
      ['log', '--all', '-p', '--unified=0', '--no-color', '--no-ext-diff', '--no-textconv', '--format=commit %h'],
      {
        cwd: root,
        encoding: 'utf8',
        maxBuffer: 512 * 1024 * 1024,
      },
    );
    expect(added.length).toBeGreaterThan(1_000);
    const lines = added.split('\n').filter((line) => line.startsWith('+'));
    expect(lines.filter((line) => KEY.test(line)).map((line) => `${line.slice(0, 12)}…`)).toEqual([]);
  });

  it('[D44] keeps environment files out of version control', () => {
    const ignored = readFileSync(path.join(root, '.gitignore'), 'utf8').split('\n');
    expect(ignored).toEqual(expect.arrayContaining(['.env', '.env.*', expect.stringMatching(/^\/?data\/$/)]));
  });
});
