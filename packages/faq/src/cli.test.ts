import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runFaqCommand } from './cli.ts';

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'faq-cli-'));
  await mkdir(join(dir, 'en'));
  await mkdir(join(dir, 'golden'));
  await writeFile(
    join(dir, 'en', 'tracking.md'),
    '---\nid: tracking\nquestion: Where is my parcel?\nvariants: [track my order]\n---\nIn the mail.\n',
  );
});
afterEach(() => rm(dir, { recursive: true, force: true }));

async function run(...args: string[]): Promise<{ code: number; output: string }> {
  const lines: string[] = [];
  const code = await runFaqCommand([...args, '--dir', dir], (line) => lines.push(line));
  return { code, output: lines.join('\n') };
}

describe('faq command', () => {
  it('[F30] checks entries and golden questions', async () => {
    await writeFile(
      join(dir, 'golden', 'en.json'),
      JSON.stringify([{ question: 'wheres my parcel', expected: 'tracking', kind: 'paraphrase' }]),
    );
    const { code, output } = await run('check');
    expect(output).toMatch(/en +1 +1 +100 %/);
    expect(code).toBe(0);
  });

  it('[F30] fails on a broken entry, naming file and line', async () => {
    await writeFile(join(dir, 'en', 'bad.md'), '---\nid: bad\nquestion: ""\n---\nText\n');
    const { code, output } = await run('check');
    expect(output).toContain(`${join(dir, 'en', 'bad.md')}:3: question is empty`);
    expect(code).toBe(1);
  });

  it('[F30] fails on a golden question that expects no entry of the folder', async () => {
    await writeFile(join(dir, 'golden', 'en.json'), JSON.stringify([{ question: 'q', expected: 'gone', kind: 'short' }]));
    const { code, output } = await run('check');
    expect(output).toContain('no entry gone for "q"');
    expect(code).toBe(1);
  });

  it('[F31] ranks a question with score and reason', async () => {
    const { code, output } = await run('match', 'wheres my pacel');
    expect(output).toMatch(/\d\.\d\d {2}en\/tracking/);
    expect(output).toContain('understood "pacel" as "parcel"');
    expect(code).toBe(0);
  });

  it('[F32] shows what an import would do, then does it', async () => {
    const file = join(dir, 'new.json');
    await writeFile(
      file,
      JSON.stringify([
        { id: 'tracking', locale: 'en', question: 'Where?', answer: 'There.' },
        { id: 'b', locale: 'de', question: 'Wo?', answer: 'Da.' },
      ]),
    );
    const dry = await run('import', file, '--dry-run');
    expect(dry.output).toContain('1 added, 1 changed');
    expect(dry.output).toContain('  - question: "Where is my parcel?"');
    expect(await readFile(join(dir, 'en', 'tracking.md'), 'utf8')).toContain('parcel');
    expect((await run('import', file)).code).toBe(0);
    expect(await readFile(join(dir, 'de', 'b.md'), 'utf8')).toContain('Wo?');
  });

  it('[F32] writes nothing when a row is bad', async () => {
    const file = join(dir, 'new.csv');
    await writeFile(file, 'locale,id,question,answer\nen,fine,Q,A\nen,,Q,A\n');
    const { code, output } = await run('import', file);
    expect(output).toContain(`${file}:3:`);
    expect(code).toBe(1);
    await expect(readFile(join(dir, 'en', 'fine.md'))).rejects.toThrow();
  });

  it('[F32] exports what it can read', async () => {
    expect(JSON.parse((await run('export')).output)).toMatchObject([{ id: 'tracking', locale: 'en' }]);
    expect((await run('export', '--format', 'csv')).output).toContain('en,tracking,Where is my parcel?');
  });

  it.each([
    [[]],
    [['fly']],
    [['match']],
    [['import']],
    [['check', '--format', 'xml']],
    [['check', '--nonsense']],
    [['match', 'q', '--limit', '0']],
  ])('[F33] answers a mistaken command %j with its usage', async (args) => {
    expect((await run(...args)).code).toBe(2);
  });
});
