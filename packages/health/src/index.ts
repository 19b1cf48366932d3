export type { MinuteBucket } from './minute-buckets.ts';
export * from './model-lifecycle.ts';
export type { ProbeKind } from './probe-allowance.ts';
export * from './prober.ts';
export type { WindowPolicy } from './route-record.ts';
export { suspicionIn } from './status-document.ts';
export * from './status-page.ts';
export * from './window.ts';
