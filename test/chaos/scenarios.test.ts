import { seededRandom } from '@stepdown/kernel/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { readCatalogue, readScenarios } from './support/catalogue.ts';
import { table, writeArtifact } from './support/report.ts';
import { OVERLOADED, SERVER_ERROR, sentencesOf, WELL } from './support/simulated-provider.ts';
import { CLAUDE, createSimulatedWorld, type SimulatedWorld } from './support/simulated-world.ts';

const catalogue = readCatalogue();
const scenarios = catalogue === undefined ? [] : readScenarios(catalogue);
const rows: (string | number)[][] = [];

/** Every question was answered by a model, in the words of that model alone. */
function expectWholeAnswers(world: SimulatedWorld): void {
  expect(world.answers).toHaveLength(world.asked());
  for (const { tier, text } of world.answers) expect(text).toBe(sentencesOf(tier).join(''));
}

function note(id: string, world: SimulatedWorld): void {
  const share = (tier: string): number => world.answers.filter((answer) => answer.tier === tier).length;
  const calls = Math.max(...world.answers.map(({ attempts }) => attempts.length));
  const waits = world.answers.map(({ firstTextMs }) => firstTextMs).sort((left, right) => left - right);
  rows.push([id, world.answers.length, share('claude'), share('gpt'), share('faq'), world.tierChanges().length, calls, waits.at(-1) ?? 0]);
}

describe.skipIf(scenarios.length === 0)('scenarios of the fault catalogue, in simulated time', () => {
  afterAll(() => {
    const text = table(['scenario', 'turns', 'claude', 'gpt', 'faq', 'tier changes', 'most calls a turn', 'longest wait ms'], rows);
    console.log(text);
    writeArtifact('scenarios.md', `${text}\n`);
  });

  it('knows all five', () => {
    expect(scenarios.map(({ id }) => id)).toEqual([
      'status-page-red-api-green',
      'status-page-green-api-red',
      'brownout-30pct',
      'flap-every-20s',
      'recovery-thundering-herd',
    ]);
  });

  it('[L9] status-page-red-api-green: stays on the top rung', async () => {
    const world = createSimulatedWorld();
    world.ladder.suspect('claude', 'The status page names a critical outage');
    await world.passWithCustomers(600_000, 5_000);
    await world.pass(60_000);
    expect(world.tierChanges()).toEqual([]);
    expect(world.answers.every(({ tier }) => tier === 'claude')).toBe(true);
    expectWholeAnswers(world);
    note('status-page-red-api-green', world);
    world.stop();
  });

  it.each([500, 5_000, 30_000])(
    '[L10] status-page-green-api-red: one rung down after at most 3 failed turns, with a turn every %i ms',
    async (everyMs) => {
      const world = createSimulatedWorld();
      world.set(CLAUDE.id, SERVER_ERROR);
      await world.passWithCustomers(120_000, everyMs);
      await world.pass(60_000);
      expect(world.answers.filter(({ attempts }) => attempts.includes(CLAUDE.id)).length).toBeLessThanOrEqual(3);
      expect(world.answers.every(({ tier }) => tier === 'gpt')).toBe(true);
      expect(world.tierChanges().map(({ to }) => to)).toEqual(['gpt']);
      expectWholeAnswers(world);
      if (everyMs === 5_000) note('status-page-green-api-red', world);
      world.stop();
    },
  );

  it('[L8] brownout-30pct: every turn answered, the tier does not flap', async () => {
    const random = seededRandom(7);
    const world = createSimulatedWorld({ seed: 7 });
    world.set(CLAUDE.id, () => (random() < 0.3 ? SERVER_ERROR : WELL));
    await world.passWithCustomers(200 * 2_000, 2_000);
    await world.pass(60_000);
    expectWholeAnswers(world);
    expect(world.tierChanges().length).toBeLessThanOrEqual(2);
    // The table grants one repeat before the next tier: three calls at the very most, and on average hardly more than one.
    const calls = world.answers.map(({ attempts }) => attempts.length);
    expect(Math.max(...calls)).toBeLessThanOrEqual(3);
    expect(calls.reduce((sum, count) => sum + count, 0) / calls.length).toBeLessThan(1.25);
    note('brownout-30pct', world);
    world.stop();
  });

  it('[L20] flap-every-20s: at most one visible tier change in 2 minutes', async () => {
    const world = createSimulatedWorld();
    world.set(CLAUDE.id, () => (Math.floor(world.elapsedMs() / 20_000) % 2 === 0 ? WELL : SERVER_ERROR));
    await world.passWithCustomers(600_000, 2_000);
    await world.pass(60_000);
    const changedAt = world.tierChanges().map(({ at }) => at);
    for (const [index, at] of changedAt.entries())
      expect((changedAt[index + 1] ?? Number.POSITIVE_INFINITY) - at).toBeGreaterThanOrEqual(120_000);
    expectWholeAnswers(world);
    note('flap-every-20s', world);
    world.stop();
  });

  it('[L15] [L17] recovery-thundering-herd: 500 conversations never rush a provider that is coming back', async () => {
    const random = seededRandom(3);
    const world = createSimulatedWorld({ seed: 3 });
    const minute = 60_000;
    world.set(CLAUDE.id, () => {
      if (world.elapsedMs() < 10 * minute) return OVERLOADED;
      return world.elapsedMs() < 15 * minute && random() >= 0.1 ? OVERLOADED : WELL;
    });
    const claude = world.provider(CLAUDE.id);
    let mostWhileDown = 0;
    let sharesSeen = new Set<number>();
    // Each of the 500 conversations asks every four minutes.
    for (let question = 0; question < 20 * 125; question += 1) {
      const isDown = ['open', 'probing', 'latched'].includes(world.stateOf(CLAUDE.id) ?? '');
      claude.takeBusiest();
      world.ask(`conversation ${question % 500}`);
      await world.pass(minute / 125);
      if (isDown && world.stateOf(CLAUDE.id) !== 'ramping') mostWhileDown = Math.max(mostWhileDown, claude.takeBusiest());
      const share = world.ladder.snapshot().tiers[0]?.routes[0]?.rampShare;
      if (share !== undefined && world.stateOf(CLAUDE.id) === 'ramping') sharesSeen = sharesSeen.add(share);
    }
    await world.pass(minute);
    expect(mostWhileDown).toBeLessThanOrEqual(3);
    expect([...sharesSeen].sort((left, right) => left - right)).toEqual([0.25, 0.5, 1]);
    expect(world.stateOf(CLAUDE.id)).toBe('healthy');
    expectWholeAnswers(world);
    // Nobody waits for recovery: while the route is open, a turn starts where it ends.
    const whileOpen = world.answers.filter(({ askedAtMs }) => askedAtMs > minute && askedAtMs < 10 * minute);
    expect(new Set(whileOpen.map(({ attempts }) => attempts.join()))).toEqual(new Set(['gpt:five']));
    note('recovery-thundering-herd', world);
    world.stop();
  }, 60_000);
});
