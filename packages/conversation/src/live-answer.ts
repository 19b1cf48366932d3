import type { Clock, TierId } from '@stepdown/kernel';
import type { PublishConversationEvent } from './ports.ts';

/** Text on the wire and on disk; the first of a rev at once. */
const COALESCE_MS = 40;
const CHECKPOINT_MS = 150;

export interface LiveText {
  readonly rev: number;
  readonly text: string;
  readonly tier: TierId | undefined;
  readonly model: string | undefined;
}

export interface LiveAnswerPorts {
  readonly clock: Clock;
  readonly conversationId: string;
  readonly messageId: string;
  readonly publish: PublishConversationEvent;
  /** Writes the partial answer; called at most every 150 ms and never twice at once. */
  readonly checkpoint: (text: LiveText) => Promise<void>;
  readonly start: { readonly rev: number; readonly text: string };
}

/** The answer being written: what has been said so far, and how it goes out. */
export interface LiveAnswer {
  readonly text: LiveText;
  append(delta: { readonly rev: number; readonly tier: TierId; readonly model: string; readonly text: string }): void;
  /** Holds deltas back while a person claims the conversation; `resume` lets them go. */
  pause(): void;
  resume(): void;
  /** Sends what is still held back and stops the timers. */
  flush(): void;
  /** Drops what is held back: not one more word goes out. */
  silence(): void;
}

/**
 * Sends deltas by offset (protocol P10) and checkpoints the text. Tokens are gathered for 40 ms, because a frame
 * per token costs more than it shows; the first text of a rev goes out at once, because people wait for it.
 */
export function createLiveAnswer(ports: LiveAnswerPorts): LiveAnswer {
  let live: LiveText = { ...ports.start, tier: undefined, model: undefined };
  let sentLength = live.text.length;
  let isPaused = false;
  let isSilent = false;
  let sendTimer: unknown;
  let checkpointTimer: unknown;
  let isWriting = false;

  function send(): void {
    sendTimer = undefined;
    if (isPaused || isSilent || sentLength === live.text.length) return;
    const { rev, text } = live;
    const delta = {
      conversationId: ports.conversationId,
      messageId: ports.messageId,
      rev,
      offset: sentLength,
      text: text.slice(sentLength),
    };
    sentLength = text.length;
    ports.publish({ type: 'message.delta', ...delta });
  }

  function scheduleCheckpoint(): void {
    if (checkpointTimer !== undefined || isWriting || isSilent) return;
    checkpointTimer = ports.clock.setTimeout(() => {
      checkpointTimer = undefined;
      isWriting = true;
      const written = live;
      void ports.checkpoint(written).finally(() => {
        isWriting = false;
        if (written !== live) scheduleCheckpoint();
      });
    }, CHECKPOINT_MS);
  }

  function stopTimers(): void {
    ports.clock.clearTimeout(sendTimer);
    ports.clock.clearTimeout(checkpointTimer);
    sendTimer = undefined;
    checkpointTimer = undefined;
  }

  return {
    get text() {
      return live;
    },
    append({ rev, tier, model, text }) {
      if (isSilent || rev < live.rev) return;
      const isFirst = rev > live.rev || live.text === '';
      if (rev > live.rev) sentLength = 0;
      live = { rev, tier, model, text: rev > live.rev ? text : live.text + text };
      if (isFirst) send();
      else sendTimer ??= ports.clock.setTimeout(send, COALESCE_MS);
      scheduleCheckpoint();
    },
    pause() {
      isPaused = true;
    },
    resume() {
      isPaused = false;
      send();
    },
    flush() {
      stopTimers();
      send();
    },
    silence() {
      isSilent = true;
      stopTimers();
    },
  };
}
