import type { Signal, TierId } from '@stepdown/kernel';
import { TIERS } from '@stepdown/kernel';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export interface Metrics {
  readonly registry: Registry;
  signal(signal: Signal): void;
  turnEnded(tier: TierId | undefined): void;
  tier(tier: TierId): void;
}

/** Names follow OpenTelemetry's GenAI conventions where they exist. */
export function createMetrics(gauges: {
  readonly runningTurns: () => number;
  readonly visitors: () => number;
  readonly agents: () => number;
}): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const turns = new Counter({
    name: 'stepdown_turns_total',
    help: 'Answered questions by the tier that answered',
    labelNames: ['tier'],
    registers,
  });
  const attempts = new Counter({
    name: 'stepdown_attempts_total',
    help: 'Attempts and probes by route and outcome',
    labelNames: ['route', 'from', 'outcome'],
    registers,
  });
  const firstText = new Histogram({
    name: 'gen_ai_server_time_to_first_token_seconds',
    help: 'Attempt sent to first visible text',
    labelNames: ['route'],
    buckets: [0.1, 0.25, 0.5, 1, 2, 4, 6, 8, 12],
    registers,
  });
  const tierGauge = new Gauge({ name: 'stepdown_tier', help: 'Rank of the tier a new conversation gets; 0 is the top', registers });
  const live = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect: function collect() {
        this.set(read());
      },
    });
  live('stepdown_running_turns', 'Answers being written', gauges.runningTurns);
  live('stepdown_visitor_sockets', 'Connected widgets', gauges.visitors);
  live('stepdown_agents_online', 'Agents with an open console', gauges.agents);
  return {
    registry,
    signal({ routeId, from, outcome, firstTextMs }) {
      attempts.inc({ route: routeId, from, outcome: outcome.kind === 'failed' ? outcome.failure.reason : outcome.kind });
      if (firstTextMs !== undefined) firstText.observe({ route: routeId }, firstTextMs / 1000);
    },
    turnEnded: (tier) => turns.inc({ tier: tier ?? 'none' }),
    tier: (tier) => tierGauge.set(TIERS.indexOf(tier)),
  };
}
