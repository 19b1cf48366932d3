import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../support/server.ts';

const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const lockfile = read('pnpm-lock.yaml');
const workspace = read('pnpm-workspace.yaml');

/** Every version of a package that the lockfile names. */
function lockedVersions(name: string): string[] {
  const escaped = name.replaceAll(/[.+]/g, '\\$&');
  return [...new Set([...lockfile.matchAll(new RegExp(`^ {2}'?${escaped}@(\\d+\\.\\d+\\.\\d+)`, 'gm'))].map((match) => match[1] ?? ''))];
}

function isAtLeast(version: string, least: string): boolean {
  const [have, want] = [version, least].map((text) => text.split('.').map(Number));
  for (let place = 0; place < 3; place += 1) {
    const difference = (have?.[place] ?? 0) - (want?.[place] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}

describe('versions', () => {
  it.each([
    ['socket.io-parser', '4.2.7'],
    ['engine.io', '6.6.10'],
  ])('[D14] of %s are %s or later, every one in the lockfile', (name, least) => {
    const versions = lockedVersions(name);
    expect(versions.length).toBeGreaterThan(0);
    expect(versions.filter((version) => !isAtLeast(version, least))).toEqual([]);
  });

  it('[D14] are compared by number, not by text', () => {
    expect([isAtLeast('4.2.10', '4.2.7'), isAtLeast('4.10.0', '4.2.7'), isAtLeast('4.2.6', '4.2.7'), isAtLeast('3.9.9', '4.2.7')]).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it('[D59] of what the workspace asks for are exact, and written once', () => {
    const catalog = /^catalog:\n((?: {2}.*\n)+)/m.exec(workspace)?.[1]?.trimEnd().split('\n') ?? [];
    expect(catalog.length).toBeGreaterThan(20);
    expect(catalog.filter((line) => !/^ {2}"?[@\w/.-]+"?: \d+\.\d+\.\d+$/.test(line))).toEqual([]);
    const manifests = ['package.json', ...globSync('{apps,packages}/*/package.json', { cwd: root })];
    const asked = manifests.flatMap((file) => {
      const { dependencies = {}, devDependencies = {} }: Record<string, Record<string, string> | undefined> = JSON.parse(read(file));
      return Object.values({ ...dependencies, ...devDependencies });
    });
    expect(asked.length).toBeGreaterThan(20);
    expect(asked.filter((version) => version !== 'catalog:' && version !== 'workspace:*')).toEqual([]);
  });
});

describe('installing', () => {
  it('[D59] waits a week before it takes a release, without exception', () => {
    const weekMinutes = 7 * 24 * 60;
    expect(Number(/^minimumReleaseAge: (\d+)$/m.exec(workspace)?.[1])).toBeGreaterThanOrEqual(weekMinutes);
    expect(workspace).not.toContain('minimumReleaseAgeExclude');
  });

  it('[D59] runs no script of any package', () => {
    expect(workspace).toMatch(/^allowBuilds: \{\}$/m);
    expect(workspace).not.toMatch(/dangerouslyAllowAllBuilds|onlyBuiltDependencies/);
    expect(existsSync(path.join(root, '.npmrc')) ? read('.npmrc') : '').not.toMatch(/ignore-scripts\s*=\s*false|dangerously/);
  });

  it('[D59] takes exactly what the lockfile says, with its checksum', () => {
    expect(read('scripts/install.mjs')).toContain("'--frozen-lockfile'");
    expect(read('scripts/install.mjs')).not.toContain('--no-frozen-lockfile');
    const resolutions = lockfile.match(/^ {4}resolution: .*/gm) ?? [];
    expect(resolutions.length).toBeGreaterThan(100);
    expect(resolutions.filter((line) => !line.includes('integrity: sha512-'))).toEqual([]);
    expect(lockfile).not.toMatch(/tarball: http:|git\+|github\.com/);
  });

  it('[D59] is what the machine that tests does too', () => {
    const ci = read('.ci/run');
    expect(ci).toContain('CI=true');
    expect(ci).toMatch(/npm test/);
    expect(ci).not.toMatch(/pnpm install|npm install|npm ci|curl .*\| *(ba)?sh/);
  });
});
