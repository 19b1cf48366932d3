import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../support/server.ts';

const widget = path.join(root, 'apps/widget');
const DOCUMENTS = ['apps/widget/README.md', 'docs/embed.md'];

interface Example {
  readonly name: string;
  readonly code: string;
}

/** Code blocks of a document in these languages. */
function examplesOf(document: string, languages: string): Example[] {
  const text = readFileSync(path.join(root, document), 'utf8');
  const blocks = [...text.matchAll(new RegExp(`^\`\`\`(${languages})\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))];
  return blocks.map(([, language = '', code = ''], index) => ({
    name: `${path.basename(document, '.md').toLowerCase()}-${index + 1}.${language}`,
    code,
  }));
}

describe('what embedders are told', () => {
  let folder: string;
  // Inside the package, so that it finds itself by its name.
  beforeAll(() => {
    folder = mkdtempSync(path.join(widget, '.examples-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('compiles: every TypeScript example of README and docs/embed.md', () => {
    const examples = DOCUMENTS.flatMap((document) => examplesOf(document, 'tsx?'));
    expect(examples.length).toBeGreaterThan(5);
    for (const { name, code } of examples) writeFileSync(path.join(folder, name), `${code}\nexport {};\n`);
    writeFileSync(
      path.join(folder, 'tsconfig.json'),
      JSON.stringify({
        extends: '../../../tsconfig.browser.json',
        compilerOptions: { types: ['vite/client'] },
        include: ['*.ts', '*.tsx'],
        exclude: [],
      }),
    );
    expect(compile(folder)).toBe('');
  });

  it('the control: a wrong example does not', () => {
    writeFileSync(
      path.join(folder, 'wrong.ts'),
      "import { loadStepdown } from '@stepdown/widget';\nloadStepdown({ link: 'https://chat.example.com' });\n",
    );
    expect(compile(folder)).toContain('wrong.ts');
  });

  it('names attributes that the loader reads, and commands that exist', () => {
    const loader = ['styles', 'widget', 'launcher']
      .map((name) => readFileSync(path.join(widget, `src/loader/${name}.ts`), 'utf8'))
      .join('');
    const attributes = DOCUMENTS.flatMap((document) =>
      [...readFileSync(path.join(root, document), 'utf8').matchAll(/\bdata-([a-z-]+)/g)].map(([, name]) => name),
    );
    expect(attributes.length).toBeGreaterThan(8);
    expect([...new Set(attributes)].filter((name) => !loader.includes(`attribute('${name}')`))).toEqual([]);
  });
});

describe('the npm package', () => {
  it('can be imported where there is no page, and asks for nothing but React', async () => {
    const folder = mkdtempSync(path.join(widget, '.package-'));
    try {
      await build({ configFile: path.join(widget, 'vite.npm.config.ts'), root: widget, logLevel: 'error', build: { outDir: folder } });
      const code = readFileSync(path.join(folder, 'index.js'), 'utf8');
      expect([...code.matchAll(/from ["']([^."'][^"']*)["']/g)].map(([, name]) => name)).toEqual(['react']);
      const module: object = await import(pathToFileURL(path.join(folder, 'index.js')).href);
      expect(Object.keys(module).sort()).toEqual(['StepdownWidget', 'defineStepdownElement', 'loadStepdown', 'useStepdown']);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

/** What the compiler objects to; empty when it is content. */
function compile(folder: string): string {
  const compiler = path.join(path.dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');
  try {
    execFileSync(process.execPath, [compiler, '-p', folder], { encoding: 'utf8', stdio: 'pipe' });
    return '';
  } catch (cause) {
    return cause instanceof Error && 'stdout' in cause ? String(cause.stdout) : String(cause);
  }
}
