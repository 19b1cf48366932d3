import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type AttemptRecord, WORDING } from '@stepdown/conversation';
import { DEFAULT_POLICY, type Policy } from '@stepdown/ladder';
import { type Fault, type ProviderId, type RecordedRequest, type Simulator, startSimulator } from '@stepdown/simulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, type Heard } from './support/ask.ts';
import { FAILOVER_SCENARIOS, type FailoverScenario } from './support/failover-scenarios.ts';
import { type Product, startProduct, writeEntry } from './support/product.ts';
import { inParallel, table, writeArtifact } from './support/report.ts';
import { SERVER_ERROR, sentencesOf, WELL } from './support/simulated-provider.ts';
import { CLAUDE, createSimulatedWorld } from './support/simulated-world.ts';

const LANES = 10;
const ASKED = 'How do I seal a seam of my tent?';

/** Long enough for sixty tokens. */
const LONG_SENTENCE =
  'Clean the seam with a damp cloth and let it dry in the shade, then draw a thin line of sealer along the thread from the inside, press it into the stitches with the small brush of the set, wipe off what is too much with a dry cloth, wait at least six hours before you fold the tent, and do all of it once more on every corner where three seams meet, because that is where water finds its way first.';

interface Way {
  readonly name: string;
  /** The provider and model that break, and the ones behind them. */
  readonly broken: { readonly provider: ProviderId; readonly tier: string; readonly model: string };
  readonly next: { readonly provider: ProviderId; readonly tier: string; readonly model: string };
  env(simulator: Simulator): Record<string, string>;
}

const WAYS: readonly Way[] = [
  {
    name: 'open models broken, healthy',
    broken: { provider: 'open-model', tier: 'open-model', model: 'broken' },
    next: { provider: 'open-model', tier: 'open-model', model: 'healthy' },
    env: ({ urls }) => ({ STEPDOWN_OPEN_MODEL_BASE_URL: urls.openModel, STEPDOWN_OPEN_MODELS: 'broken,healthy' }),
  },
  {
    name: 'Claude, GPT',
    broken: { provider: 'claude', tier: 'claude', model: 'claude-haiku-5-5' },
    next: { provider: 'gpt', tier: 'gpt', model: 'gpt-5.4-mini' },
    env: ({ urls }) => ({
      ANTHROPIC_API_KEY: 'sim-bench',
      OPENAI_API_KEY: 'sim-bench',
      STEPDOWN_CLAUDE_BASE_URL: urls.claude,
      STEPDOWN_GPT_BASE_URL: urls.gpt,
      STEPDOWN_CLAUDE_MODELS: 'claude-haiku-5-5',
      STEPDOWN_GPT_MODELS: 'gpt-5.4-mini',
    }),
  },
];

interface Stage {
  readonly simulator: Simulator;
  readonly product: Product;
  close(): Promise<void>;
}

async function openStage(way: Way, policy?: Partial<Policy>): Promise<Stage> {
  const simulator = await startSimulator({ pace: { firstTokenMs: 40, tokenGapMs: 5 } });
  const product = await startProduct({ env: way.env(simulator), faqDir, ...(policy === undefined ? {} : { policy }) });
  return {
    simulator,
    product,
    async close() {
      await product.stop();
      await simulator.close();
    },
  };
}

/** Only the broken model of a provider breaks. */
function aimed(fault: Fault, way: Way): Fault {
  return { ...fault, models: [way.broken.model] };
}

interface Played extends Heard {
  readonly attempts: readonly AttemptRecord[];
  readonly requests: readonly RecordedRequest[];
  /** Signals by route and outcome, as the metrics count them. */
  readonly metrics: string;
}

const key = (way: Way, id: string): string => `${way.name} ${id}`;
const plays = WAYS.flatMap((way) =>
  FAILOVER_SCENARIOS.map((scenario) => ({ way, scenario, id: scenario.id, title: scenario.title, name: way.name })),
);
const played = new Map<string, Played>();
/** What each voice says when nothing breaks. */
const healthy = new Map<ProviderId, string>();
const verdicts = new Map<string, boolean>();
let faqDir = '';

beforeAll(async () => {
  faqDir = mkdtempSync(path.join(tmpdir(), 'stepdown-failover-faq-'));
  writeEntry(faqDir, {
    id: 'seam-sealing',
    question: ASKED,
    answer: Array.from({ length: 3 }, (_, index) => `${index + 1}: ${LONG_SENTENCE}`).join(' '),
  });
  for (const way of WAYS) await learnHealthy(way);
  await inParallel(plays, LANES, async ({ way, scenario }) => played.set(key(way, scenario.id), await play(way, scenario)));
}, 120_000);

async function learnHealthy(way: Way): Promise<void> {
  for (const { provider, model } of [way.broken, way.next]) {
    const stage = await openStage(way);
    if (provider === way.next.provider && model === way.next.model)
      await stage.simulator.control.set(way.broken.provider, aimed({ mode: 'overloaded' }, way));
    healthy.set(provider, (await ask(stage.product.url, ASKED)).answer.text);
    const tokens = stage.simulator.requests(provider).find((request) => request.model === model && request.tokensSent > 1)?.tokensSent;
    if ((tokens ?? 0) < 60) throw new Error(`A healthy answer has ${tokens} tokens; the bench needs 60`);
    await stage.close();
  }
}

async function play(way: Way, scenario: FailoverScenario): Promise<Played> {
  const stage = await openStage(way);
  try {
    await stage.simulator.control.set(way.broken.provider, aimed(scenario.fault, way));
    const heard = await ask(stage.product.url, ASKED);
    const turns = await stage.product.server.store.turns.ofConversation(heard.conversationId);
    const metrics = await (await fetch(`${stage.product.url}/metrics`)).text();
    return { ...heard, attempts: turns[0]?.attempts ?? [], requests: stage.simulator.requests(), metrics };
  } finally {
    await stage.close();
  }
}

/** Records a scenario as passed only when its whole test body went through. */
async function judged(name: string, check: () => void | Promise<void>): Promise<void> {
  verdicts.set(name, false);
  await check();
  verdicts.set(name, true);
}

describe('Failover Bench v0.1', () => {
  afterAll(report);

  it.each(plays)('$id $title ($name)', async ({ way, scenario }) => {
    await judged(key(way, scenario.id), () => checkScenario(way, scenario));
  });

  it.each(WAYS)(
    'S15 60 s down, then back within 30 s: on the wire, at ten times the speed ($name)',
    async (way) => {
      await judged(key(way, 'S15'), () => checkRecovery(way));
    },
    60_000,
  );

  it('S15 60 s down, then back within 30 s: in simulated time, with the default numbers', async () => {
    const world = createSimulatedWorld();
    await world.passWithCustomers(60_000, 2_000);
    world.set(CLAUDE.id, SERVER_ERROR);
    await world.passWithCustomers(60_000, 2_000);
    world.set(CLAUDE.id, WELL);
    const wellAtMs = world.elapsedMs();
    await world.passWithCustomers(60_000, 1_000);
    await world.pass(30_000);
    const back = world.answers.find(({ askedAtMs, tier }) => askedAtMs >= wellAtMs && tier === 'claude');
    expect((back?.askedAtMs ?? Number.POSITIVE_INFINITY) - wellAtMs).toBeLessThanOrEqual(30_000);
    expect(world.answers.every(({ tier, text }) => text === sentencesOf(tier).join(''))).toBe(true);
    world.stop();
  });

  it('16 of 16 on both ways', () => {
    expect([...verdicts].filter(([, isPassed]) => !isPassed)).toEqual([]);
    expect(verdicts.size).toBe(2 * 16);
  });
});

function checkScenario(way: Way, scenario: FailoverScenario): void {
  const result = played.get(key(way, scenario.id));
  if (result === undefined) throw new Error('not played');
  const { answer, attempts, requests } = result;
  const answering = scenario.ending === 'same-route' ? way.broken : way.next;
  if (scenario.ending === 'person') {
    expect(answer).toMatchObject({ tier: 'handoff', notice: 'refused', text: WORDING.refused });
    // Looking a model up is no answer.
    expect(requests.filter(({ method, model }) => method === 'POST' && model === way.next.model)).toEqual([]);
  } else {
    expect(answer).toMatchObject({
      tier: answering.tier,
      model: answering.model,
      status: 'complete',
      text: healthy.get(answering.provider),
    });
    expect(answer.sources?.map(({ id }) => id)).toEqual(['seam-sealing']);
    expect(attempts.at(-1)).toMatchObject({ model: answering.model, outcome: 'complete' });
    expect(result.metrics).toMatch(
      new RegExp(`stepdown_attempts_total\\{route="${answering.tier}:${answering.model}",from="turn",outcome="ok"\\} 1\n`),
    );
  }
  for (const [rev, text] of result.revs) {
    const source = rev === answer.rev && scenario.ending !== 'person' ? answering : way.broken;
    expect(`${healthy.get(source.provider)}\n\nSources:`.startsWith(text.trimEnd()), `rev ${rev}: ${text}`).toBe(true);
  }
  expect(result.wasInterrupted).toBe(scenario.showsText && scenario.ending === 'next-route');
  expect(new Set(result.completions)).toEqual(new Set([1]));
  expect(attempts.filter(({ model }) => model === way.broken.model).length).toBeLessThanOrEqual(scenario.mostAttempts);
  expect(result.finalTextMs).toBeLessThanOrEqual(scenario.withinMs);
  // No model finds an answer of another one in its own mouth.
  for (const { body } of requests) expect(lastRoleOf(body)).not.toBe('assistant');
}

function lastRoleOf(body: unknown): unknown {
  const { messages, input } = Object(body);
  const list: unknown = messages ?? input;
  return Array.isArray(list) ? Object(list.at(-1)).role : undefined;
}

/** A minute of the default numbers is six seconds here: every duration of the policy is a tenth. */
const TENFOLD: Partial<Policy> = Object.fromEntries(
  Object.entries(DEFAULT_POLICY).flatMap(([name, value]) =>
    /^(probe|goodProbes|ramp|recovered|flap|open|degraded).*Ms$/.test(name) ? [[name, value / 10]] : [],
  ),
);

async function checkRecovery(way: Way): Promise<void> {
  const { simulator, product, close } = await openStage(way, TENFOLD);
  try {
    await simulator.control.set(way.broken.provider, aimed({ mode: 'overloaded' }, way));
    const downUntil = performance.now() + 6_000;
    while (performance.now() < downUntil) {
      expect((await ask(product.url, ASKED)).answer).toMatchObject({ model: way.next.model, status: 'complete' });
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
    await simulator.control.set(way.broken.provider, { mode: 'healthy' });
    const wellAt = performance.now();
    expect((await firstAskedOf(product.url, way.broken.model)) - wellAt).toBeLessThanOrEqual(3_000);
  } finally {
    await close();
  }
}

/** Asks eight times a second, without waiting for answers, until one comes from the model; when that one was asked. */
async function firstAskedOf(url: string, model: string): Promise<number> {
  const asked: Promise<void>[] = [];
  let foundAt: number | undefined;
  for (let count = 0; foundAt === undefined && count < 60; count += 1) {
    const at = performance.now();
    const note = ({ answer }: Heard): void => {
      if (answer.model === model) foundAt = Math.min(foundAt ?? at, at);
    };
    asked.push(ask(url, ASKED).then(note));
    await new Promise((resolve) => setTimeout(resolve, 125));
  }
  await Promise.all(asked);
  return foundAt ?? Number.POSITIVE_INFINITY;
}

function report(): void {
  const rows = [...FAILOVER_SCENARIOS, { id: 'S15', title: '60 s down, then healthy: back within 30 s' }]
    .sort((left, right) => left.id.localeCompare(right.id))
    .flatMap(({ id, title }) =>
      WAYS.map((way) => {
        const result = played.get(key(way, id));
        const trail = result?.attempts.map(({ model, outcome }) => `${model} ${outcome}`).join(', ');
        const times = result === undefined ? [undefined, undefined] : [Math.round(result.finalTextMs), Math.round(result.completedMs)];
        return [id, title, way.name, verdicts.get(key(way, id)) === true ? 'pass' : 'FAIL', trail, ...times];
      }),
    );
  const text = table(['', 'fault', 'way', 'verdict', 'attempts', 'final text ms', 'complete ms'], rows);
  console.log(text);
  writeArtifact('failover-bench.md', `# Failover Bench v0.1, default deadlines\n\n${text}\n`);
}
