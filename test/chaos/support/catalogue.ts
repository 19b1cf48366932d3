import { existsSync, readFileSync } from 'node:fs';

const FILE = new URL('../../../../shared/faults/catalogue.json', import.meta.url);

/** The fault catalogue lies beside a development checkout, not in it. Without it the suite is skipped, and says so. */
export function readCatalogue(): unknown {
  if (existsSync(FILE)) return JSON.parse(readFileSync(FILE, 'utf8'));
  console.warn('SKIPPED: the fault catalogue (../shared/faults/catalogue.json) is not here.');
  return undefined;
}

export interface ScenarioEntry {
  readonly id: string;
  readonly scenario: Readonly<Record<string, unknown>>;
}

/** Entries that compose others over time. */
export function readScenarios(catalogue: unknown): readonly ScenarioEntry[] {
  return entriesOf(catalogue).flatMap(({ id, wire }) => {
    const { scenario } = wire;
    return typeof scenario === 'object' && scenario !== null ? [{ id, scenario: { ...scenario } }] : [];
  });
}

interface Entry {
  readonly id: string;
  readonly wire: Readonly<Record<string, unknown>>;
}

/** `readScripts` of the simulator has refused a catalogue of another shape before this is called. */
function entriesOf(catalogue: unknown): readonly Entry[] {
  return (catalogue as { entries: readonly Entry[] }).entries;
}
