/**
 * Models whose end was announced when this version was written (SDK tables and provider pages, November 2026).
 * Used where the provider's model list names no date. ISO days.
 */
const RETIREMENTS: ReadonlyMap<string, string> = new Map([
  ['claude-mythos-preview', '2026-06-30'],
  ['claude-sonnet-4-5', '2026-11-30'],
  ['claude-opus-4-5', '2027-01-22'],
  ['gpt-5', '2026-12-11'],
  ['gpt-5-mini', '2026-12-11'],
  ['gpt-5-nano', '2026-12-11'],
  ['o3', '2026-12-11'],
  ['gpt-4.1', '2027-01-14'],
  ['gpt-4.1-mini', '2027-01-14'],
  ['gpt-4o', '2027-01-14'],
  ['gpt-4o-mini', '2027-01-14'],
  ['gpt-5.1', '2027-04-01'],
  ['gpt-5.4-nano', '2027-04-01'],
]);

const SNAPSHOT_DATE = /-\d{4}-?\d{2}-?\d{2}$/;

/** Epoch ms of the announced end, also for dated snapshots of a model (`gpt-4o-2024-08-06`). */
export function knownRetirement(model: string): number | undefined {
  const day = RETIREMENTS.get(model) ?? RETIREMENTS.get(model.replace(SNAPSHOT_DATE, ''));
  return day === undefined ? undefined : Date.parse(`${day}T00:00:00Z`);
}
