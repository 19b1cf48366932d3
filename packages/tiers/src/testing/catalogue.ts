import { existsSync, readFileSync } from 'node:fs';
import { readValue } from '../json.ts';

const CATALOGUE = new URL('../../../../../shared/faults/catalogue.json', import.meta.url);

/** The fault catalogue lies beside a development checkout, not in it. undefined when it is not there. */
export function readCatalogue(): unknown {
  if (!existsSync(CATALOGUE)) {
    console.warn('SKIPPED: the fault catalogue (../shared/faults/catalogue.json) is not here.');
    return undefined;
  }
  return readValue(JSON.parse(readFileSync(CATALOGUE, 'utf8')), 'entries');
}
