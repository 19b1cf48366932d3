import { startWidget } from './widget.ts';

/** The one global name. Before it loads, pages may put calls into `Stepdown.q`. */
interface StepdownGlobal {
  (...call: Parameters<ReturnType<typeof startWidget>>): unknown;
  q?: Parameters<StepdownGlobal>[];
  isLoaded?: true;
}

declare global {
  interface Window {
    Stepdown?: StepdownGlobal;
  }
}

const before = window.Stepdown;

if (before?.isLoaded) console.warn('Stepdown is already on this page');
else {
  const script = ownScript();
  const run: StepdownGlobal = startWidget(script.src, (name) => script.getAttribute(`data-${name}`));
  run.isLoaded = true;
  window.Stepdown = run;
  for (const call of before?.q ?? []) run(...call);
}

/** A classic script is `currentScript` while it runs; bundlers that wrap it lose that, but not its tag. */
function ownScript(): HTMLScriptElement {
  return (document.currentScript ?? document.querySelector('script[src*="/widget.js"]')) as HTMLScriptElement;
}
