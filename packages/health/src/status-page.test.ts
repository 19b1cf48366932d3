import { silentLog } from '@stepdown/kernel';
import { createManualClock } from '@stepdown/kernel/testing';
import { describe, expect, it } from 'vitest';
import { suspicionIn } from './status-document.ts';
import { type StatusPagesOptions, type Suspicion, startStatusPages } from './status-page.ts';

const api = ['API'];
const component = (name: string, status: string, group = false) => ({ id: name, name, status, group });

async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

describe('status documents', () => {
  it.each([
    ['degraded_performance', true],
    ['partial_outage', true],
    ['major_outage', true],
    ['full_outage', true],
    ['operational', false],
    ['under_maintenance', false],
  ])('[H20] Statuspage component "%s" is trouble: %s', (status, isTrouble) => {
    const document = { components: [component('Claude API (api.anthropic.com)', status)] };
    expect(suspicionIn(document, api) !== undefined).toBe(isTrouble);
  });

  it('[H20] looks at the named components only: the chat site and groups do not count', () => {
    const document = {
      components: [component('claude.ai', 'major_outage'), component('API group', 'major_outage', true), component('API', 'operational')],
    };
    expect(suspicionIn(document, api)).toBeUndefined();
    expect(suspicionIn(document, ['claude.ai'])).toBe('The status page names a major outage of "claude.ai"');
  });

  it('[H20] reads the incident.io widget', () => {
    const affected = { id: '1', name: 'Responses API', group_name: 'APIs', current_status: 'partial_outage' };
    const document = { ongoing_incidents: [{ name: 'Errors', status: 'investigating', affected_components: [affected] }] };
    expect(suspicionIn(document, ['responses'])).toContain('a partial outage of "Responses API"');
    expect(suspicionIn(document, ['Embeddings'])).toBeUndefined();
    expect(suspicionIn({ ongoing_incidents: [] }, ['responses'])).toBeUndefined();
  });

  it.each([undefined, null, 'down', 7, [], { components: 'x' }, { components: [null, 3, { name: 1 }] }, { ongoing_incidents: [{}] }])(
    '[H20] a document of another shape (%j) names no trouble',
    (document) => expect(suspicionIn(document, api)).toBeUndefined(),
  );
});

describe('status pages', () => {
  function setUp(fetchJson: StatusPagesOptions['fetchJson']) {
    const clock = createManualClock();
    const heard: Suspicion[] = [];
    const pages = [{ tier: 'claude', url: 'https://status.example/api/v2/summary.json', components: api }] as const;
    const stop = startStatusPages({
      clock,
      random: () => 0.5,
      pages,
      fetchJson,
      report: (suspicion) => heard.push(suspicion),
      log: silentLog,
    });
    const pass = async (milliseconds: number) => {
      await settle();
      for (let passed = 0; passed < milliseconds; passed += 1_000) {
        clock.advance(1_000);
        await settle();
      }
    };
    return { clock, heard, stop, pass };
  }

  it('[H21] reports changes only', async () => {
    let status = 'operational';
    const { heard, stop, pass, clock } = setUp(async () => ({ components: [component('API', status)] }));
    await pass(120_000);
    expect(heard).toEqual([]);
    status = 'major_outage';
    await pass(180_000);
    expect(heard.map((suspicion) => suspicion.reason !== undefined)).toEqual([true]);
    status = 'operational';
    await pass(60_000);
    expect(heard[1]).toEqual({ tier: 'claude', reason: undefined });
    stop();
    await settle();
    expect(clock.pendingTimers).toBe(0);
  });

  it('[H22] an unreachable page says nothing; its last word is forgotten after 10 min', async () => {
    let isReachable = true;
    const { heard, stop, pass, clock } = setUp(() =>
      isReachable ? Promise.resolve({ components: [component('API', 'major_outage')] }) : Promise.reject(new Error('refused')),
    );
    await pass(1_000);
    isReachable = false;
    await pass(590_000);
    expect(heard).toHaveLength(1);
    await pass(80_000);
    expect(heard[1]?.reason).toBeUndefined();
    stop();
    expect(clock.pendingTimers).toBe(0);
  });

  it('[H22] gives a silent page 5 s and reads on', async () => {
    let calls = 0;
    const { heard, stop, pass, clock } = setUp(() => {
      calls += 1;
      return new Promise(() => undefined);
    });
    await pass(5_000 + 60_000 + 1_000);
    expect([calls, heard.length]).toEqual([2, 0]);
    stop();
    await settle();
    expect(clock.pendingTimers).toBe(0);
  });
});
