import { type RouteId, tierRank } from '@stepdown/kernel';
import { routeName, tierName } from './cause.ts';
import type { LadderCore } from './ladder-core.ts';
import { pinWords } from './ladder-machine.ts';
import type { TurnQuestion } from './ladder-options.ts';
import type { RouteRunner } from './route-runner.ts';
import { isInShare } from './share.ts';
import { createTurnBudget } from './turn-budget.ts';
import type { PlannedRoute, TurnPlan } from './types.ts';

interface PlannedTurn {
  readonly conversationId: string;
  readonly atMs: number;
}

export interface Planner {
  plan(question: TurnQuestion): TurnPlan;
  isAllowed(routeId: RouteId): boolean;
  admit(routeId: RouteId): (() => void) | undefined;
  takeRetry(): boolean;
  /** What was planned for a recent turn of this process. */
  turn(turnId: string): PlannedTurn | undefined;
}

/** Names the routes of each turn and keeps the budgets that all turns share. */
export function createPlanner(core: LadderCore): Planner {
  const { policy, clock } = core;
  const budget = createTurnBudget(policy, clock.monotonicMs);
  const turns = new Map<string, PlannedTurn>();
  const inFlight = new Map<RouteId, number>();

  function remember({ turnId, conversationId }: TurnQuestion): void {
    if (turns.has(turnId)) return;
    budget.countTurn();
    const atMs = clock.monotonicMs();
    turns.set(turnId, { conversationId, atMs });
    for (const [oldId, old] of turns) {
      // No signal of a turn comes later than this.
      if (atMs - old.atMs <= policy.answerMs + policy.nothingShownMs) break;
      turns.delete(oldId);
    }
  }

  /** Why no customer may be sent to this route now; undefined when one may. */
  function refusal(runner: RouteRunner): string | undefined {
    const name = routeName(runner.route);
    if (runner.share() === 0) return `${name} is ${runner.state()}. ${runner.context().cause}`;
    if (core.saturations.view(runner.route).isBlocked) return `${name} is rate-limited (429)`;
    return runner.hasRoomInDoubt() ? undefined : `${name}: a first failure is being confirmed by a probe`;
  }

  function refusalFor(runner: RouteRunner, conversationId: string): string | undefined {
    const general = refusal(runner);
    if (general !== undefined) return general;
    const name = routeName(runner.route);
    if (!isInShare(conversationId, `ramp ${runner.route.id}`, runner.share()))
      return `${name} is climbing back and takes a share of the turns`;
    return core.saturations.allows(runner.route, conversationId)
      ? undefined
      : `${name} takes a share of the turns after a rate limit (429)`;
  }

  /** The highest tier this turn may use: a pin, or the conversation's own tier unless a new question was asked. */
  function ceilingOf(question: TurnQuestion): { readonly rank: number; readonly cause: string | undefined } {
    const pin = core.pinned();
    const pinRank = pin === undefined ? 0 : tierRank(pin.tier);
    const stickyTier = question.isNewQuestion ? undefined : question.stickyTier;
    const stickyRank = stickyTier === undefined ? 0 : tierRank(stickyTier);
    if (stickyTier !== undefined && stickyRank > pinRank) {
      return { rank: stickyRank, cause: `The conversation stays at ${tierName(stickyTier)} until the next question` };
    }
    return { rank: pinRank, cause: pin === undefined ? undefined : pinWords(pin) };
  }

  function plan(question: TurnQuestion): TurnPlan {
    remember(question);
    const ceiling = ceilingOf(question);
    const floor = core.pinned()?.tier === 'handoff' ? { floor: 'handoff' as const } : {};
    if (core.isEgressSuspected()) return { routes: [], cause: 'No provider can be reached from this server', ...floor };
    let firstRefusal = ceiling.cause;
    const usable = core.routes.filter((runner) => {
      if (tierRank(runner.route.tier) < ceiling.rank) return false;
      const why = refusalFor(runner, question.conversationId);
      firstRefusal ??= why;
      return why === undefined;
    });
    const routes = usable.map((runner, index) => planned(runner, index === 0, index < usable.length - 1));
    return { routes, cause: firstRefusal ?? causeOf(usable[0]), ...floor };
  }

  function planned(runner: RouteRunner, isFirst: boolean, hasNext: boolean): PlannedRoute {
    const { id, tier, model, credentialId } = runner.route;
    return { routeId: id, tier, model, credentialId, hedgeAfterMs: hasNext ? hedgeAfterMs(runner, isFirst) : undefined };
  }

  function hedgeAfterMs(runner: RouteRunner, isFirst: boolean): number | undefined {
    const p95Ms = runner.context().window?.firstTextP95Ms;
    const afterMs = Math.min(Math.max(p95Ms ?? policy.hedgeCeilingMs, policy.hedgeFloorMs), policy.hedgeCeilingMs);
    if (runner.state() === 'degraded' || runner.context().isSuspicious) return afterMs;
    if (!isFirst || p95Ms === undefined || runner.state() !== 'healthy') return undefined;
    return budget.takeHealthyHedge() ? afterMs : undefined;
  }

  function isAllowed(routeId: RouteId): boolean {
    const runner = core.route(routeId);
    return runner !== undefined && !core.isStopped() && !core.isEgressSuspected() && refusal(runner) === undefined;
  }

  function admit(routeId: RouteId): (() => void) | undefined {
    const count = inFlight.get(routeId) ?? 0;
    if (count >= policy.attemptsAtOncePerRoute || !isAllowed(routeId)) return undefined;
    inFlight.set(routeId, count + 1);
    core.route(routeId)?.send({ type: 'customer.sent' });
    let isReleased = false;
    return () => {
      if (!isReleased) inFlight.set(routeId, (inFlight.get(routeId) ?? 1) - 1);
      isReleased = true;
    };
  }

  return { plan, isAllowed, admit, takeRetry: budget.takeRetry, turn: (turnId) => turns.get(turnId) };
}

function causeOf(runner: RouteRunner | undefined): string {
  if (runner === undefined) return 'No model is configured';
  return `${routeName(runner.route)} is ${runner.state()}`;
}
