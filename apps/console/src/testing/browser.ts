import { vi } from 'vitest';

/** What jsdom has no layout for. Every box is as large as a list needs it to render its rows. */
export function installBrowser(): void {
  vi.stubGlobal('ResizeObserver', SizedObserver);
  const box = (size: number) => ({ configurable: true, get: () => size });
  Object.defineProperty(HTMLElement.prototype, 'offsetHeight', box(800));
  Object.defineProperty(HTMLElement.prototype, 'offsetWidth', box(400));
  Object.defineProperty(HTMLElement.prototype, 'offsetParent', { configurable: true, get: () => document.body });
  HTMLDialogElement.prototype.showModal = function showModal() {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function close() {
    this.open = false;
  };
}

/** Says at once how large things are, as a browser does after the first layout. */
class SizedObserver {
  readonly #callback: ResizeObserverCallback;

  constructor(callback: ResizeObserverCallback) {
    this.#callback = callback;
  }

  observe(target: Element): void {
    const isRow = target.querySelector('[data-conversation]') !== null && target.querySelectorAll('[data-conversation]').length === 1;
    const contentRect = { height: isRow ? 86 : 800, width: 400 };
    // The list reads these two members and no other.
    queueMicrotask(() => this.#callback([{ target, contentRect } as unknown as ResizeObserverEntry], this as unknown as ResizeObserver));
  }

  unobserve(): void {}
  disconnect(): void {}
}
