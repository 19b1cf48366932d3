export * from './agent.ts';
export * from './http.ts';
export * from './limits.ts';
export * from './model.ts';
export * from './version.ts';
export * from './visitor.ts';
