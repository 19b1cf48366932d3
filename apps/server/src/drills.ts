import type { AnswerEvent, AnswerSource, AttemptOutcome, Clock, FailureReason, Log, NewId, RouteId } from '@stepdown/kernel';
import type { AgentPayload, AgentProfile, DrillView } from '@stepdown/protocol';

export type DrillRequest = AgentPayload<'drill:start'>;

export interface Drills {
  /** Undefined while another one runs: two faults at once prove nothing about either. */
  start(request: DrillRequest, by: AgentProfile): Promise<{ drillId: string } | undefined>;
  stop(by: AgentProfile): Promise<void>;
  readonly current: DrillView | undefined;
  /** Those that have ended since the start, newest first. */
  readonly ended: readonly DrillView[];
  /** The same source with the fault of the running drill in front of it. */
  rehearse(source: AnswerSource): AnswerSource;
  close(): void;
}

export interface DrillPorts {
  readonly clock: Clock;
  readonly newId: NewId;
  readonly log: Log;
  /** Marks the routes of a tier, so that the outage is labelled and not counted. */
  readonly setDrill: (routeIds: readonly RouteId[], isOn: boolean) => void;
}

const ENDED_KEPT = 10;
/** Deltas that get through before a rehearsed cut. */
const DELTAS_BEFORE_CUT = 4;

/**
 * Rehearses outages on the real path: the fault stands where the provider would be, for a share of visitors and a
 * limited time, and everything behind it (turn, ladder, floor, console) is the real thing.
 */
export function createDrills(ports: DrillPorts): Drills {
  const sources: AnswerSource[] = [];
  let current: DrillView | undefined;
  let ended: readonly DrillView[] = [];
  let timer: unknown;

  function touched(): RouteId[] {
    const drill = current;
    return drill === undefined ? [] : sources.filter((source) => isTarget(drill, source)).map((source) => source.routeId);
  }

  /** `by` is null when its time is over. */
  function end(by: string | null): void {
    if (current === undefined) return;
    ports.log.info({ drillId: current.id, by }, 'The drill has ended.');
    ports.setDrill(touched(), false);
    ports.clock.clearTimeout(timer);
    ended = [{ ...current, endedAt: ports.clock.now(), endedBy: by }, ...ended].slice(0, ENDED_KEPT);
    current = undefined;
  }

  return {
    get current() {
      return current;
    },
    get ended() {
      return ended;
    },
    async start(request, by) {
      if (current !== undefined) return undefined;
      const startedAt = ports.clock.now();
      const endsAt = startedAt + request.forMs;
      current = { ...request, id: ports.newId('drl'), startedBy: by.name, startedAt, endsAt, endedAt: null, endedBy: null };
      ports.log.info({ drill: current }, 'A drill has started.');
      ports.setDrill(touched(), true);
      timer = ports.clock.setTimeout(() => end(null), request.forMs);
      return { drillId: current.id };
    },
    async stop(by) {
      end(by.name);
    },
    rehearse(source) {
      const rehearsed = {
        ...source,
        answer: (request, signal) => {
          const drill = current;
          if (drill === undefined || !isTarget(drill, source) || !isInShare(request.visitorHash, drill))
            return source.answer(request, signal);
          return inject(drill.fault, () => source.answer(request, signal), signal);
        },
        probe: (signal) => {
          const drill = current;
          // A probe speaks for everyone: it fails only when everyone's attempts do.
          if (drill === undefined || !isTarget(drill, source) || drill.share < 1) return source.probe(signal);
          return inject(drill.fault, () => source.probe(signal), signal);
        },
      } satisfies AnswerSource;
      sources.push(rehearsed);
      return rehearsed;
    },
    close: () => end('shutdown'),
  };
}

function isTarget(drill: DrillView, source: AnswerSource): boolean {
  return drill.target === 'all-models' || drill.target === source.tier;
}

/** The same visitors for the whole drill; another drill draws others. */
function isInShare(visitorHash: string, drill: DrillView): boolean {
  let hash = 2_166_136_261;
  for (const character of visitorHash + drill.id) hash = Math.imul(hash ^ character.charCodeAt(0), 16_777_619);
  return (hash >>> 0) / 2 ** 32 < drill.share;
}

async function* inject(
  fault: DrillRequest['fault'],
  answer: () => AsyncIterable<AnswerEvent>,
  signal: AbortSignal,
): AsyncIterable<AnswerEvent> {
  switch (fault) {
    case 'unreachable':
      yield failed('unreachable');
      return;
    case 'overloaded':
      yield failed('overloaded');
      return;
    case 'bad-key':
      yield failed('auth');
      return;
    case 'silent':
      await untilAborted(signal);
      yield failed('aborted');
      return;
    case 'cut':
      yield* cut(answer());
      return;
  }
}

async function* cut(events: AsyncIterable<AnswerEvent>): AsyncIterable<AnswerEvent> {
  let deltas = 0;
  for await (const event of events) {
    if (event.type === 'delta') deltas += 1;
    if (deltas > DELTAS_BEFORE_CUT) break;
    yield event;
    if (event.type === 'end') return;
  }
  yield failed('cut');
}

function failed(reason: FailureReason): AnswerEvent {
  const outcome: AttemptOutcome = { kind: 'failed', failure: { reason, detail: 'Injected by a drill' } };
  return { type: 'end', outcome };
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
