import { afterAll, afterEach, beforeAll, beforeEach, expect, vi } from 'vitest';

// Testing Library looks for these to unmount after each test and to tell React that a test is driving it.
Object.assign(globalThis, { afterAll, afterEach, beforeAll });

// jsdom has no layout and no media: what components ask for answers as on a plain wide page.
window.matchMedia ??= (query: string) => Object.assign(new EventTarget(), { matches: false, media: query }) as MediaQueryList;
Element.prototype.scrollTo ??= () => {};
globalThis.CSS ??= { supports: () => true } as unknown as typeof CSS;

/** React and jsdom report real mistakes here. A test that expects one replaces the spy itself. */
const noisy = vi.spyOn(console, 'error');

beforeEach(() => {
  noisy.mockClear();
});

afterEach(() => {
  expect(noisy.mock.calls, 'unexpected console.error').toEqual([]);
});
