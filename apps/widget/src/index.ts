export { loadStepdown, type StepdownCommands, type StepdownIdentity, type StepdownOptions } from './host/load-stepdown.ts';
export { defineStepdownElement } from './host/stepdown-element.ts';
export { StepdownWidget, useStepdown } from './host/stepdown-widget.tsx';
export type { WidgetEvent } from './host-protocol.ts';
