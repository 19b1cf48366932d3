import type { startWidget } from './widget.ts';

/** The one global name. Before the loader has run, pages may put calls into `Stepdown.q`. */
export interface StepdownGlobal {
  (...call: Parameters<ReturnType<typeof startWidget>>): unknown;
  q?: Parameters<StepdownGlobal>[];
  isLoaded?: true;
}

declare global {
  interface Window {
    Stepdown?: StepdownGlobal;
  }
}
