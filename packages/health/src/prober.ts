import {
  type AnswerEvent,
  type AttemptOutcome,
  type Clock,
  createIds,
  type Log,
  messageOf,
  type Random,
  type RouteId,
  type Signal,
  type TierFailure,
} from '@stepdown/kernel';
import { createProbeAllowance, type ProbeKind } from './probe-allowance.ts';

export interface ProbeSource {
  /** A real, tiny streamed answer; exactly one `end`, always last. */
  probe(signal: AbortSignal): AsyncIterable<AnswerEvent>;
}

export interface ProberOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly sources: ReadonlyMap<RouteId, ProbeSource>;
  readonly report: (signal: Signal) => void;
  /** `firstTextMs`: a probe without text for as long as a customer waits has failed. Default: the limit of the probe. */
  readonly policy: { readonly probeTimeoutMs: number; readonly probesPerDay: number; readonly firstTextMs?: number };
  readonly log: Log;
  /** True in the one process that may probe; the others hear its signals. Default: always. */
  readonly isProber?: () => boolean;
}

export interface Prober {
  /** Executes a `probe.due` event of the ladder. A route that is being probed is not probed twice. */
  onDue(due: { readonly routeId: RouteId; readonly kind: ProbeKind }): void;
  isProbing(routeId: RouteId): boolean;
  /** Aborts every running probe without a report. */
  stop(): void;
}

type Verdict = Signal['outcome'];
interface Result {
  readonly verdict: Verdict;
  readonly firstTextMs: number | undefined;
}

/**
 * Asks routes for a tiny streamed answer when the ladder wants evidence. Any text plus a terminal event passes;
 * what does not end within `probeTimeoutMs` (8 s) fails. One at a time per route, and a daily cap per route.
 */
export function createProber(options: ProberOptions): Prober {
  const { clock, log, policy } = options;
  const newId = createIds(options);
  const running = new Map<RouteId, AbortController>();
  const allowance = createProbeAllowance(policy.probesPerDay, clock);

  function send(routeId: RouteId, { verdict, firstTextMs }: Result): void {
    const timing = firstTextMs === undefined ? {} : { firstTextMs };
    options.report({ routeId, from: 'probe', sourceId: newId('prb'), at: clock.now(), outcome: verdict, ...timing });
  }

  async function run(routeId: RouteId, source: ProbeSource): Promise<void> {
    const controller = new AbortController();
    running.set(routeId, controller);
    const result = await probeOnce(source, controller, {
      clock,
      limitMs: policy.probeTimeoutMs,
      firstTextMs: policy.firstTextMs ?? policy.probeTimeoutMs,
    });
    if (running.get(routeId) !== controller) return;
    running.delete(routeId);
    send(routeId, result);
  }

  return {
    onDue({ routeId, kind }) {
      const source = options.sources.get(routeId);
      if (source === undefined || running.has(routeId) || options.isProber?.() === false) return;
      if (!allowance.take(routeId, kind)) {
        log.warn({ routeId, kind }, 'The daily cap on probes is reached.');
        // Said aloud, so that the ladder plans the next one instead of waiting for this.
        send(routeId, { verdict: { kind: 'cancelled' }, firstTextMs: undefined });
        return;
      }
      run(routeId, source).catch((cause: unknown) => log.error({ routeId, error: messageOf(cause) }, 'A probe report was refused.'));
    },
    isProbing: (routeId) => running.has(routeId),
    stop() {
      const controllers = [...running.values()];
      running.clear();
      for (const controller of controllers) controller.abort();
    },
  };
}

interface ProbeLimits {
  readonly clock: Clock;
  readonly limitMs: number;
  readonly firstTextMs: number;
}

function failed(reason: TierFailure['reason'], detail: string): Verdict {
  return { kind: 'failed', failure: { reason, detail } };
}

/** Runs one probe; settles at the limit even when the source ignores its abort signal. */
function probeOnce(source: ProbeSource, controller: AbortController, { clock, limitMs, firstTextMs }: ProbeLimits): Promise<Result> {
  const startedAtMs = clock.monotonicMs();
  const seen: Progress = { hasHeaders: false, firstTextMs: undefined };
  return new Promise((resolve) => {
    const expire = (afterMs: number): void => {
      finish(timeoutVerdict(seen, afterMs));
      controller.abort();
    };
    const timer = clock.setTimeout(() => expire(limitMs), limitMs);
    // A route that answers probes too late for customers would look well while it fails every turn.
    const patience = clock.setTimeout(() => seen.firstTextMs === undefined && expire(firstTextMs), Math.min(firstTextMs, limitMs));
    const finish = (verdict: Verdict): void => {
      clock.clearTimeout(timer);
      clock.clearTimeout(patience);
      resolve({ verdict, firstTextMs: seen.firstTextMs });
    };
    controller.signal.addEventListener('abort', () => finish({ kind: 'cancelled' }), { once: true });
    readToEnd(source.probe(controller.signal), seen, () => clock.monotonicMs() - startedAtMs).then(finish, (cause: unknown) =>
      finish(failed('internal', `The probe threw: ${messageOf(cause)}`)),
    );
  });
}

interface Progress {
  hasHeaders: boolean;
  firstTextMs: number | undefined;
}

async function readToEnd(events: AsyncIterable<AnswerEvent>, seen: Progress, elapsedMs: () => number): Promise<Verdict> {
  for await (const event of events) {
    if (event.type === 'end') return verdictOf(event.outcome, seen);
    if (event.type === 'headers') seen.hasHeaders = true;
    if (event.type === 'delta' && event.text !== '') seen.firstTextMs ??= elapsedMs();
  }
  return failed('cut', 'The stream ended without a terminal event');
}

function verdictOf(outcome: AttemptOutcome, seen: Progress): Verdict {
  if (outcome.kind === 'failed') return { kind: 'failed', failure: outcome.failure };
  return seen.firstTextMs === undefined ? failed('empty', 'A terminal event without any text') : { kind: 'ok' };
}

function timeoutVerdict(seen: Progress, limitMs: number): Verdict {
  const detail = `The probe did not end within ${limitMs} ms`;
  if (seen.firstTextMs !== undefined) return failed('answer-timeout', detail);
  return seen.hasHeaders ? failed('first-text-timeout', detail) : failed('headers-timeout', detail);
}
