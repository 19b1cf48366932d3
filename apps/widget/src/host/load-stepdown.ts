import type { WidgetEvent } from '../host-protocol.ts';
import type { StepdownGlobal } from '../loader/global.ts';

/** What the script tag takes as `data-…`. */
export interface StepdownOptions {
  /** Origin of the Stepdown server, for example `https://chat.example.com`. */
  readonly url: string;
  readonly site?: string;
  readonly locale?: string;
  readonly theme?: 'light' | 'dark' | 'auto';
  /** `#rrggbb`. */
  readonly accent?: string;
  readonly position?: 'left' | 'right';
  /** Distance from the edges of the page, px. */
  readonly offsetX?: number;
  readonly offsetY?: number;
  /** Shown beside the icon, and the launcher's accessible name. */
  readonly label?: string;
}

/**
 * Who is here: a token that your server signed, alone or as `{token}`. A name or an address without one is shown to agents
 * as not verified and opens nothing.
 */
export type StepdownIdentity = string | { readonly token?: string; readonly name?: string; readonly email?: string };

export interface StepdownCommands {
  open(): void;
  close(): void;
  toggle(): void;
  /** Null is nobody. Another person sees nothing of the one before. */
  identify(identity: StepdownIdentity | null): void;
  setLocale(locale: string): void;
  prefill(text: string): void;
  consent(isGiven: boolean): void;
  /** Logout: forgets the visitor on this device. */
  shutdown(): void;
  /** Returns its undo. */
  on(event: WidgetEvent, listener: (detail: unknown) => void): () => void;
}

/** Puts the script tag on the page once; later calls, and other scripts, get the same widget. */
export function loadStepdown({ url, ...options }: StepdownOptions): StepdownCommands {
  if (!window.Stepdown && !document.querySelector('script[data-stepdown]')) {
    const script = document.createElement('script');
    script.async = true;
    script.dataset.stepdown = '';
    for (const [name, value] of Object.entries(options)) if (value !== undefined) script.dataset[name] = `${value}`;
    script.src = `${url.replace(/\/$/, '')}/widget.js`;
    document.head.append(script);
  }
  return commands;
}

const commands: StepdownCommands = {
  open: () => void call('open'),
  close: () => void call('close'),
  toggle: () => void call('toggle'),
  identify: (identity) => void call('identify', identity),
  setLocale: (locale) => void call('setLocale', locale),
  prefill: (text) => void call('prefill', text),
  consent: (isGiven) => void call('consent', isGiven),
  shutdown: () => void call('shutdown'),
  on: (event, listener) => {
    let isListening = true;
    call('on', event, (detail) => {
      if (isListening) listener(detail);
    });
    return () => {
      isListening = false;
    };
  },
};

/** Until the script has run, calls wait in the queue it reads first. */
function call(...parameters: Parameters<StepdownGlobal>): unknown {
  window.Stepdown ??= createQueue();
  return window.Stepdown(...parameters);
}

function createQueue(): StepdownGlobal {
  const queue: StepdownGlobal = (...parameters) => {
    queue.q?.push(parameters);
  };
  queue.q = [];
  return queue;
}
