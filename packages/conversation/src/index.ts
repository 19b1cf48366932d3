export * from './ports.ts';
export * from './record.ts';
