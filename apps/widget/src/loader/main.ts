import type { StepdownGlobal } from './global.ts';
import { startWidget } from './widget.ts';

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
