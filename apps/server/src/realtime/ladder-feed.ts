import type { Clock, Log, Signal } from '@stepdown/kernel';
import type { LadderView, SignalView } from '@stepdown/protocol';
import type { Namespace } from 'socket.io';
import type { LadderRuntime } from '../ladder-runtime.ts';
import { noticeOf } from '../views/notice.ts';
import { signalView } from '../views/signal-view.ts';

export interface LadderFeedPorts {
  readonly runtime: LadderRuntime;
  readonly visitors: Namespace;
  readonly agents: Namespace;
  readonly view: () => Promise<LadderView>;
  readonly clock: Clock;
  readonly log: Log;
}

/** Signals come in bursts; one picture of the ladder a tenth of a second is live enough. */
const DELAY_MS = 100;
/** Told to a console when it opens, so that it need not wait for the next probe to show why. */
const SIGNALS_KEPT = 40;

export interface LadderFeed {
  signal(signal: Signal): void;
  /** Something of the picture changed without an event of the ladder. */
  changed(): void;
  stop(): void;
}

/** Tells agents what the ladder sees and visitors what it means for them. */
export function connectLadder(ports: LadderFeedPorts): LadderFeed {
  let timer: unknown;
  const recent: SignalView[] = [];
  ports.agents.on('connection', (socket) => {
    for (const signal of recent) socket.emit('signal', signal);
  });

  function soon(): void {
    timer ??= ports.clock.setTimeout(() => {
      timer = undefined;
      ports
        .view()
        .then((ladder) => ports.agents.to('agents').emit('ladder:changed', { ladder }))
        .catch((cause: unknown) => ports.log.warn({ cause }, 'Agents could not be told of the ladder.'));
    }, DELAY_MS);
  }

  const stopListening = ports.runtime.on((event) => {
    soon();
    if (event.type !== 'tier.changed') return;
    const { to, at } = event.change;
    ports.visitors.emit('tier:changed', { tier: to, notice: noticeOf(to), at });
  });

  return {
    signal(signal) {
      const shown = signalView(signal);
      recent.push(shown);
      if (recent.length > SIGNALS_KEPT) recent.shift();
      ports.agents.to('agents').emit('signal', shown);
      soon();
    },
    changed: soon,
    stop() {
      stopListening();
      ports.clock.clearTimeout(timer);
    },
  };
}
