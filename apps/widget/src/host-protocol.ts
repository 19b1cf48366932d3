/**
 * What loader and frame say to each other. The frame speaks first, with `HELLO` to its parent; the loader answers with
 * its whole `HostState` and a private port, to the frame's own origin alone. Everything else goes through the port:
 * changes of `HostState` one way, `ToHost` the other.
 */

export type WidgetEvent = 'ready' | 'open' | 'close' | 'unread' | 'message' | 'tier' | 'handoff' | 'rating' | 'error';

/** Posted to any parent, so it holds nothing secret. */
export const HELLO = 'stepdown:hello';

/** What the page wants of the widget. The frame checks everything: a page can pass what it likes. */
export interface HostState {
  readonly isOpen?: boolean;
  /** The panel covers the whole page: focus stays inside. */
  readonly isFull?: boolean;
  readonly theme?: unknown;
  readonly accent?: unknown;
  readonly url?: string;
  readonly title?: string;
  readonly setLocale?: unknown;
  /** `StepdownIdentity`; null is nobody. Never part of a URL. */
  readonly identify?: unknown;
  readonly prefill?: unknown;
  /** False: nothing is kept on this device beyond the page. */
  readonly consent?: unknown;
  /** Logout: forget the visitor on this device, then answer `gone`. */
  readonly shutdown?: boolean;
}

export interface ToHost {
  /** `close` asks to be hidden, `gone` to be unloaded; the others are told to the page. */
  readonly name: WidgetEvent | 'gone';
  readonly detail?: unknown;
  /** With `unread`: what the launcher's accessible name ends with. */
  readonly note?: string;
}
