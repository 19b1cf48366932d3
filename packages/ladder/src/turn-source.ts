import { type AnswerEvent, type AttemptOutcome, messageOf } from '@stepdown/kernel';
import { fromCallback } from 'xstate';
import { type AttemptInput, failed, isVisible, type SourceEvent } from './turn-attempt.ts';
import type { TurnPorts } from './turn-ports.ts';

export interface SourcePorts {
  readonly attempt: TurnPorts['attempt'];
  /** Gives the place on the route back, once. */
  readonly leave: (routeId: string) => void;
}

/**
 * Reads one stream of a tier until its first `end`, and trusts nothing about it: it may throw, fall silent, end twice,
 * go on after its end or after the abort. Stopping the actor aborts the signal and closes the stream without waiting.
 */
export function createSource({ attempt, leave }: SourcePorts) {
  return fromCallback<SourceEvent, AttemptInput>(({ input, sendBack }) => {
    const controller = new AbortController();
    const { signal } = controller;
    let iterator: AsyncIterator<AnswerEvent> | undefined;

    function close(): void {
      if (signal.aborted) return;
      leave(input.route.routeId);
      controller.abort();
      dismiss(iterator);
    }

    function end(event: { outcome: AttemptOutcome; model?: string; sourceIds?: readonly string[] }): void {
      if (signal.aborted) return;
      close();
      sendBack({ ...event, type: 'source.ended' });
    }

    async function read(): Promise<void> {
      const say = sayer(sendBack);
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

/** Translates events; blank text is kept back until there is something to see, so that it can't be a first text. */
function sayer(sendBack: (event: SourceEvent) => void): (event: Exclude<AnswerEvent, { type: 'end' }>) => void {
  let blank: string | undefined = '';
  return (event) => {
    switch (event.type) {
      case 'headers':
        return sendBack({ type: 'source.headers' });
      case 'thinking':
        return sendBack({ type: 'source.thinking', isOpen: event.isOpen });
      case 'delta': {
        const text = (blank ?? '') + event.text;
        if (text === '') return;
        const isHeldBack = blank !== undefined && !isVisible(text);
        blank = isHeldBack ? text : undefined;
        if (!isHeldBack) sendBack({ type: 'source.text', text });
      }
    }
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
