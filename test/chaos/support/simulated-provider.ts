import type { AnswerEvent, AnswerSource, Clock, FailureReason } from '@stepdown/kernel';
import type { RouteDescriptor } from '@stepdown/ladder';

/** How a provider behaves for one request. */
export type Behaviour =
  | { readonly kind: 'ok'; readonly firstTextMs: number }
  | { readonly kind: 'fails'; readonly reason: FailureReason; readonly afterMs: number; readonly statusCode?: number }
  /** Some text, then a clean end without a terminal event. */
  | { readonly kind: 'cut'; readonly firstTextMs: number }
  | { readonly kind: 'silent' };

export const WELL: Behaviour = { kind: 'ok', firstTextMs: 700 };
export const OVERLOADED: Behaviour = { kind: 'fails', reason: 'overloaded', afterMs: 120, statusCode: 529 };
export const SERVER_ERROR: Behaviour = { kind: 'fails', reason: 'server-error', afterMs: 120, statusCode: 500 };

const PIECE_GAP_MS = 300;

export interface ProviderRequest {
  readonly routeId: string;
  readonly kind: 'answer' | 'probe';
  readonly atMs: number;
}

export interface SimulatedProvider {
  readonly source: AnswerSource;
  readonly requests: readonly ProviderRequest[];
  /** Most requests at one moment since the last call. */
  takeBusiest(): number;
}

/** What every healthy route says: its own name in each sentence, so that a mixture of two would show. */
export function sentencesOf(tier: string): readonly string[] {
  return ['Open', 'Answer', 'Close'].map((word) => `${word} by ${tier}. `);
}

export interface SimulatedProviderOptions {
  readonly route: RouteDescriptor;
  readonly clock: Clock;
  readonly behave: () => Behaviour;
}

/** A route of a provider in simulated time; its requests are on record. */
export function createSimulatedProvider({ route, clock, behave }: SimulatedProviderOptions): SimulatedProvider {
  const requests: ProviderRequest[] = [];
  let open = 0;
  let busiest = 0;

  async function* play(kind: ProviderRequest['kind'], signal: AbortSignal): AsyncGenerator<AnswerEvent> {
    requests.push({ routeId: route.id, kind, atMs: clock.monotonicMs() });
    open += 1;
    busiest = Math.max(busiest, open);
    try {
      yield* script(behave(), route, (milliseconds) => wait(clock, milliseconds, signal));
    } finally {
      open -= 1;
    }
  }

  return {
    requests,
    takeBusiest() {
      const most = busiest;
      busiest = open;
      return most;
    },
    source: {
      routeId: route.id,
      tier: route.tier,
      model: route.model,
      answer: (_request, signal) => play('answer', signal),
      probe: (signal) => play('probe', signal),
    },
  };
}

async function* script(
  behaviour: Behaviour,
  route: RouteDescriptor,
  pause: (milliseconds: number) => Promise<void>,
): AsyncGenerator<AnswerEvent> {
  if (behaviour.kind === 'silent') return await pause(Number.MAX_SAFE_INTEGER);
  if (behaviour.kind === 'fails') {
    await pause(behaviour.afterMs);
    const { reason, statusCode } = behaviour;
    yield {
      type: 'end',
      outcome: { kind: 'failed', failure: { reason, detail: reason, ...(statusCode === undefined ? {} : { statusCode }) } },
    };
    return;
  }
  yield { type: 'headers' };
  const sentences = sentencesOf(route.tier);
  for (const [index, text] of (behaviour.kind === 'cut' ? sentences.slice(0, -1) : sentences).entries()) {
    await pause(index === 0 ? behaviour.firstTextMs : PIECE_GAP_MS);
    yield { type: 'delta', text };
  }
  if (behaviour.kind === 'cut') yield { type: 'end', outcome: { kind: 'failed', failure: { reason: 'cut', detail: 'no terminal event' } } };
  else yield { type: 'end', outcome: { kind: 'complete' }, model: route.model };
}

function wait(clock: Clock, milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clock.clearTimeout(timer);
      reject(new Error('aborted'));
    };
    const timer = milliseconds === Number.MAX_SAFE_INTEGER ? undefined : clock.setTimeout(done, milliseconds);
    function done(): void {
      signal.removeEventListener('abort', stop);
      resolve();
    }
    signal.addEventListener('abort', stop, { once: true });
  });
}
