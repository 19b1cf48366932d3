export { mermaidOf } from './diagram.ts';
export * from './ladder.ts';
export { ladderMachine } from './ladder-machine.ts';
export * from './outcome.ts';
export * from './policy.ts';
export { routeMachine } from './route-machine.ts';
export { saturationMachine } from './saturation-machine.ts';
export * from './turn.ts';
export * from './types.ts';
