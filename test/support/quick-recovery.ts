import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** The waits between an outage and the answer to a parked question, shortened; the rules stay the same. */
const policy = {
  probeFirstMs: 200,
  probeEarlyMs: 300,
  goodProbesApartMs: 100,
  rampStageMs: 200,
  deferredRecoveryMs: 500,
  deferredPerMinute: 60,
};

/** Environment of a server that climbs back in seconds instead of a minute. */
export function quickRecovery(more: object = {}): Readonly<Record<string, string>> {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'stepdown-config-')), 'stepdown.config.mjs');
  writeFileSync(file, `export default ${JSON.stringify({ ...more, policy: { ...policy, ...Reflect.get(more, 'policy') } })};\n`);
  return { STEPDOWN_CONFIG: file };
}
