import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Frame } from 'playwright-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** The part of an axe result that is read here. */
interface AxeResults {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary: string }[];
  }[];
  readonly passes: readonly unknown[];
}

export interface AxeReport {
  readonly violations: readonly string[];
  /** Rules that found something to check and were content. */
  readonly passedRules: number;
}

/** Runs axe-core in one frame; frames inside are looked at by themselves. The page needs `bypassCSP`. */
export async function runAxe(frame: Frame): Promise<AxeReport> {
  if (!(await frame.evaluate(() => 'axe' in window))) await frame.evaluate(source);
  const results: AxeResults = await frame.evaluate(
    (rules) => Reflect.get(window, 'axe').run(document, { runOnly: rules, iframes: false, resultTypes: ['violations'] }),
    RULES,
  );
  return {
    violations: results.violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`),
    ),
    passedRules: results.passes.length,
  };
}

/** Visible controls that a finger would miss: smaller than 44 px in a direction. Links inside of text may be as small as it is. */
export function smallTargets(frame: Frame): Promise<readonly string[]> {
  return frame.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('button, input, textarea, summary')]
      .filter((element) => element.checkVisibility())
      .map((element) => ({ element, box: element.getBoundingClientRect() }))
      .filter(({ box }) => Math.round(box.width) < 44 || Math.round(box.height) < 44)
      .map(({ element, box }) => `${element.outerHTML.slice(0, 80)} is ${Math.round(box.width)} × ${Math.round(box.height)}`),
  );
}

/** Elements that reach beyond the sides of the window, or scroll sideways. */
export function sidewaysOverflow(frame: Frame): Promise<readonly string[]> {
  return frame.evaluate(() =>
    [document.documentElement, ...document.body.querySelectorAll<HTMLElement>('*')]
      .filter((element) => element.checkVisibility() && !element.closest('.unseen, svg, pre'))
      .filter((element) => {
        const box = element.getBoundingClientRect();
        const isScrolling = element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).overflowX !== 'visible';
        return box.right > innerWidth + 1 || box.left < -1 || (isScrolling && element.clientWidth > 0);
      })
      .map((element) => element.outerHTML.slice(0, 100)),
  );
}
