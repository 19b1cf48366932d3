export * from './ladder.ts';
export * from './outcome.ts';
export * from './policy.ts';
export * from './turn.ts';
export * from './types.ts';
