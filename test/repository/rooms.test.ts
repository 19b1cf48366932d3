import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../support/server.ts';

/** docs/architecture.md, "Rooms". Tests may use more; product code may not. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  'packages/kernel': [],
  'packages/protocol': [],
  'packages/simulator': [],
  'packages/ladder': ['kernel'],
  'packages/health': ['kernel'],
  'packages/faq': ['kernel'],
  'packages/tiers': ['kernel', 'faq'],
  'packages/conversation': ['kernel', 'ladder'],
  'packages/store': ['kernel', 'conversation'],
  'packages/client': ['protocol'],
  'apps/server': ['kernel', 'protocol', 'ladder', 'health', 'faq', 'tiers', 'conversation', 'store', 'simulator'],
  'apps/widget': ['client', 'protocol'],
  'apps/console': ['client', 'protocol'],
  'apps/demo': [],
};

describe('rooms', () => {
  it.each(Object.entries(MAY_IMPORT))('%s depends on %j and nothing else of ours', (room, allowed) => {
    const manifest: { dependencies?: Record<string, string> } = JSON.parse(readFileSync(path.join(root, room, 'package.json'), 'utf8'));
    const ours = Object.keys(manifest.dependencies ?? {}).filter((name) => name.startsWith('@stepdown/'));
    expect(ours.map((name) => name.replace('@stepdown/', '')).filter((name) => !allowed.includes(name))).toEqual([]);
  });

  it('knows every room', () => {
    const rooms = ['apps', 'packages']
      .flatMap((folder) => globSync(`${folder}/*`, { cwd: root }))
      .filter((room) => existsSync(path.join(root, room, 'package.json')));
    expect(rooms.sort()).toEqual(Object.keys(MAY_IMPORT).sort());
  });

  it('reads the environment only where a program starts', () => {
    const files = ['packages/*/src/**/*.ts', 'apps/server/src/**/*.ts'].flatMap((pattern) => globSync(pattern, { cwd: root }));
    const readers = files.filter(
      (file) =>
        !/\.test\.ts$/.test(file) &&
        /process\.env\b/.test(readFileSync(path.join(root, file), 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')),
    );
    expect(readers.sort()).toEqual(['apps/server/src/main.ts', 'packages/faq/src/cli.ts']);
  });
});
