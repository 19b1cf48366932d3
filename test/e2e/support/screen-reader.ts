import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Frame } from 'playwright-core';

/** A screen reader that writes down what it would say. */
export interface ScreenReader {
  /** What was read out by itself, in order: changes of live regions. */
  heard(): Promise<readonly string[]>;
}

/** Starts Guidepup's virtual screen reader in a frame. The page needs `bypassCSP`. */
export async function startScreenReader(frame: Frame): Promise<ScreenReader> {
  const file = createRequire(import.meta.url).resolve('@guidepup/virtual-screen-reader/browser.js');
  const source = JSON.stringify(readFileSync(file, 'utf8'));
  // As text, because the test runner rewrites `import()` in functions.
  await frame.evaluate(`(async () => {
    const { virtual } = await import(URL.createObjectURL(new Blob([${source}], { type: 'text/javascript' })));
    window.screenReader = virtual;
    await virtual.start({ container: document.body });
  })()`);
  return {
    async heard() {
      const phrases: readonly string[] = await frame.evaluate(() => Reflect.get(window, 'screenReader').spokenPhraseLog());
      return phrases.flatMap((phrase) => /^(?:polite|assertive): (.*)$/s.exec(phrase)?.[1] ?? []);
    },
  };
}
