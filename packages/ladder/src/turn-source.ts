import { type AnswerEvent, type AttemptOutcome, type Clock, messageOf } from '@stepdown/kernel';
import { fromCallback } from 'xstate';
import { type AttemptInput, failed, isVisible, type SourceEvent } from './turn-attempt.ts';
import type { TurnPorts } from './turn-ports.ts';

/**
 * Tokens come every 10 to 20 ms, and a step of two machines for each costs more than the rest of its way. Nobody sees
 * the difference: the conversation sends text at this pace anyway.
 */
const GATHER_MS = 40;

export interface SourcePorts {
  readonly clock: Clock;
  readonly attempt: TurnPorts['attempt'];
  /** Gives the place on the route back, once. */
  readonly leave: (routeId: string) => void;
}

/**
 * Reads one stream of a tier until its first `end`, and trusts nothing about it: it may throw, fall silent, end twice,
 * go on after its end or after the abort. Stopping the actor aborts the signal and closes the stream without waiting.
 */
export function createSource({ clock, attempt, leave }: SourcePorts) {
  return fromCallback<SourceEvent, AttemptInput>(({ input, sendBack }) => {
    const controller = new AbortController();
    const { signal } = controller;
    const gathered = gatherText(clock, sendBack);
    let iterator: AsyncIterator<AnswerEvent> | undefined;

    function close(): void {
      if (signal.aborted) return;
      leave(input.route.routeId);
      controller.abort();
      gathered.drop();
      dismiss(iterator);
    }

    function end(event: { outcome: AttemptOutcome; model?: string; sourceIds?: readonly string[] }): void {
      if (signal.aborted) return;
      gathered.flush();
      // What was just shown may have been answered with a cancel.
      if (signal.aborted) return;
      close();
      sendBack({ ...event, type: 'source.ended' });
    }

    async function read(): Promise<void> {
      const say = sayer(sendBack, gathered);
      iterator = attempt(input.route, input.options, signal)[Symbol.asyncIterator]();
      while (!signal.aborted) {
        const step = await iterator.next();
        if (signal.aborted) return;
        if (step.done === true) return end({ outcome: failed('cut', 'the stream finished without a terminal event') });
        if (step.value.type === 'end') return end(step.value);
        say(step.value);
      }
    }

    read().catch((cause: unknown) => end({ outcome: failed('internal', messageOf(cause)) }));
    return close;
  });
}

type SendBack = (event: SourceEvent) => void;

/** Translates events; blank text is kept back until there is something to see, so that it can't be a first text. */
function sayer(sendBack: SendBack, gathered: GatheredText): (event: Exclude<AnswerEvent, { type: 'end' }>) => void {
  let blank: string | undefined = '';
  return (event) => {
    switch (event.type) {
      case 'headers':
        return sendBack({ type: 'source.headers' });
      case 'thinking':
        gathered.flush();
        return sendBack({ type: 'source.thinking', isOpen: event.isOpen });
      case 'delta': {
        const text = (blank ?? '') + event.text;
        if (text === '') return;
        const isHeldBack = blank !== undefined && !isVisible(text);
        blank = isHeldBack ? text : undefined;
        if (!isHeldBack) gathered.add(text);
      }
    }
  };
}

interface GatheredText {
  add(text: string): void;
  flush(): void;
  drop(): void;
}

/** Text after a pause goes on at once, because people wait for it; what follows closely is gathered, and says how old its newest visible piece is. */
function gatherText(clock: Clock, sendBack: SendBack): GatheredText {
  let held = '';
  let visibleAtMs = 0;
  let sentAtMs = Number.NEGATIVE_INFINITY;
  let timer: unknown;

  function flush(): void {
    clock.clearTimeout(timer);
    timer = undefined;
    if (held === '') return;
    const text = held;
    held = '';
    sentAtMs = clock.monotonicMs();
    sendBack({ type: 'source.text', text, ageMs: sentAtMs - visibleAtMs });
  }

  return {
    add(text) {
      held += text;
      const nowMs = clock.monotonicMs();
      if (isVisible(text)) visibleAtMs = nowMs;
      if (nowMs - sentAtMs >= GATHER_MS) flush();
      else timer ??= clock.setTimeout(flush, sentAtMs + GATHER_MS - nowMs);
    },
    flush,
    drop() {
      clock.clearTimeout(timer);
      held = '';
    },
  };
}

/** Lets a stream clean up. It may never answer, or refuse: neither is waited for. */
function dismiss(iterator: AsyncIterator<AnswerEvent> | undefined): void {
  try {
    iterator?.return?.().then(undefined, () => undefined);
  } catch {
    // A stream that can't be closed is left to its aborted signal.
  }
}
