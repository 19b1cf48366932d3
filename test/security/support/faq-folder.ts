import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from '../../support/server.ts';

/** Environment of a server with an FAQ of its own: tests that call every route must not write into ours. */
export function ownFaqFolder(): { readonly STEPDOWN_FAQ_DIR: string } {
  const folder = mkdtempSync(path.join(tmpdir(), 'stepdown-faq-'));
  cpSync(path.join(root, 'faq-data', 'en'), path.join(folder, 'en'), { recursive: true });
  return { STEPDOWN_FAQ_DIR: folder };
}
