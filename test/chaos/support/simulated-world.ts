import { createHealthWindows, createProber } from '@stepdown/health';
import { type AnswerRequest, type RouteId, type Signal, silentLog, type TierId } from '@stepdown/kernel';
import { seededRandom } from '@stepdown/kernel/testing';
import { createLadder, type LadderEvent, OUTCOMES, type Policy, type RouteDescriptor, startTurn, withPolicy } from '@stepdown/ladder';
import { type Behaviour, createSimulatedProvider, WELL } from './simulated-provider.ts';
import { createSimulatedTime } from './simulated-time.ts';

export const CLAUDE: RouteDescriptor = { id: 'claude:opus', tier: 'claude', model: 'opus', credentialId: 'claude' };
export const GPT: RouteDescriptor = { id: 'gpt:five', tier: 'gpt', model: 'five', credentialId: 'gpt' };

/** One customer question and how it ended. */
export interface Answered {
  readonly conversationId: string;
  readonly askedAtMs: number;
  readonly tier: TierId;
  /** What stood on the screen in the end; undefined when the floor answered. */
  readonly text: string | undefined;
  readonly firstTextMs: number;
  /** Network attempts of this turn, by route. */
  readonly attempts: readonly RouteId[];
}

export interface WorldOptions {
  readonly routes?: readonly RouteDescriptor[];
  readonly policy?: Partial<Policy>;
  readonly seed?: number;
  /** Epoch of the beginning. */
  readonly startMs?: number;
}

const REQUEST: AnswerRequest = { question: 'q', locale: 'en', history: [], grounding: [], visitorHash: 'v' };

/**
 * The real ladder, windows, prober and turns, with providers and customers in simulated time. Only the wire is missing:
 * what the wire does is played by the other chaos tests.
 */
export function createSimulatedWorld(options: WorldOptions = {}) {
  const time = createSimulatedTime(options.startMs);
  const { clock } = time;
  const policy = withPolicy(options.policy);
  const random = seededRandom(options.seed ?? 1);
  const routes = options.routes ?? [CLAUDE, GPT];
  const behaviours = new Map<RouteId, () => Behaviour>();
  const behave = (routeId: RouteId): Behaviour => behaviours.get(routeId)?.() ?? WELL;
  const providers = new Map(routes.map((route) => [route.id, createSimulatedProvider({ route, clock, behave: () => behave(route.id) })]));
  const windows = createHealthWindows({ clock, policy, isHealthFailure: ({ reason }) => OUTCOMES[reason].health === 'failure' });
  const ladder = createLadder({ routes, policy, clock, random });
  const report = (signal: Signal): void => ladder.report(signal, windows.record(signal));
  const sources = new Map([...providers].map(([id, { source }]) => [id, source]));
  const prober = createProber({ clock, random, policy, log: silentLog, sources, report });
  const events: LadderEvent[] = [];
  const answers: Answered[] = [];
  let asked = 0;
  ladder.on((event) => {
    events.push(event);
    if (event.type === 'probe.due') prober.onDue(event);
  });

  function provider(routeId: RouteId) {
    const found = providers.get(routeId);
    if (found === undefined) throw new Error(`No route ${routeId}`);
    return found;
  }

  /** Walks one question down the ladder as a conversation does; the answer is on record when it has ended. */
  async function ask(conversationId: string): Promise<void> {
    asked += 1;
    const turnId = `turn ${asked}`;
    const askedAtMs = time.elapsedMs();
    const plan = ladder.plan({ turnId, conversationId, stickyTier: undefined, isNewQuestion: true });
    const attempts: RouteId[] = [];
    let firstTextMs: number | undefined;
    let shown = { rev: 0, text: '' };
    const floor = (): void => {
      answers.push({ conversationId, askedAtMs, tier: 'faq', text: undefined, firstTextMs: time.elapsedMs() - askedAtMs, attempts });
    };
    if (plan.routes.length === 0) return floor();
    const { done } = startTurn({
      clock,
      random,
      policy,
      turnId,
      plan,
      firstRev: 0,
      attempt: (route, _options, signal) => provider(route.routeId).source.answer(REQUEST, signal),
      report: (signal) => report({ ...signal, conversationId }),
      takeRetry: () => ladder.takeRetry(),
      admit: (routeId) => ladder.admit(routeId),
      isStillAllowed: () => true,
      onEffect(effect) {
        if (effect.type === 'attempt.started') attempts.push(effect.routeId);
        if (effect.type !== 'answer.delta') return;
        firstTextMs ??= time.elapsedMs() - askedAtMs;
        shown = { rev: effect.rev, text: effect.rev > shown.rev ? effect.text : shown.text + effect.text };
      },
    });
    const result = await done;
    if (result.kind !== 'answered') return floor();
    answers.push({ conversationId, askedAtMs, tier: result.tier, text: shown.text, firstTextMs: firstTextMs ?? Number.NaN, attempts });
  }

  return {
    clock,
    ladder,
    events,
    answers,
    elapsedMs: time.elapsedMs,
    pass: time.pass,
    provider,
    ask: (conversationId: string): void => void ask(conversationId),
    asked: () => asked,
    /** How a route behaves from now on; a function is asked at each request. */
    set(routeId: RouteId, behaviour: Behaviour | (() => Behaviour)): void {
      behaviours.set(routeId, typeof behaviour === 'function' ? behaviour : () => behaviour);
    },
    /** Lets time pass with a customer question every `everyMs`, each in a new conversation. */
    async passWithCustomers(milliseconds: number, everyMs: number): Promise<void> {
      for (let passed = 0; passed < milliseconds; passed += everyMs) {
        void ask(`conversation ${asked}`);
        await time.pass(Math.min(everyMs, milliseconds - passed));
      }
    },
    stateOf: (routeId: RouteId) =>
      ladder
        .snapshot()
        .tiers.flatMap((tier) => tier.routes)
        .find((route) => route.id === routeId)?.state,
    tierChanges: () => events.flatMap((event) => (event.type === 'tier.changed' ? [event.change] : [])),
    stop(): void {
      prober.stop();
      ladder.stop();
    },
  };
}

export type SimulatedWorld = ReturnType<typeof createSimulatedWorld>;
