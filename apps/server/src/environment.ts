import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseEnv } from 'node:util';
import { messageOf, StepdownError } from '@stepdown/kernel';
import { type ConfigProblem, parseConfig, type ServerConfig } from './config.ts';

export interface LoadOptions {
  /** Folder that relative paths start from. */
  readonly root: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * Reads `.env`, the environment (which wins) and the config file.
 * @throws StepdownError `config-invalid`, naming every mistake at once with its remedy.
 */
export async function loadConfig({ root, environment }: LoadOptions): Promise<ServerConfig> {
  const envFile = readEnvFile(path.join(root, '.env'));
  const merged = { ...envFile.values, ...environment };
  const file = await readConfigFile(root, merged.STEPDOWN_CONFIG);
  const result = parseConfig(merged, file.value);
  const problems = [...envFile.problems, ...file.problems, ...(result.ok ? [] : result.problems)];
  if (!result.ok || problems.length > 0) throw invalid(problems);
  return { ...result.config, dataDir: path.resolve(root, result.config.dataDir), faqDir: path.resolve(root, result.config.faqDir) };
}

function invalid(problems: readonly ConfigProblem[]): StepdownError {
  const lines = problems.map(({ field, reason }) => `  ${field} ${reason}`);
  return new StepdownError(
    'config-invalid',
    `The configuration has ${problems.length === 1 ? 'a mistake' : `${problems.length} mistakes`}:\n${lines.join('\n')}`,
    'Correct the environment, .env or stepdown.config.ts and start again; docs/configure.md lists every name.',
  );
}

function readEnvFile(file: string): { values: Record<string, string | undefined>; problems: ConfigProblem[] } {
  if (!existsSync(file)) return { values: {}, problems: [] };
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    return { values: {}, problems: [{ field: '.env', reason: `can't be read: ${messageOf(cause)}` }] };
  }
  return { values: parseEnv(text), problems: brokenLines(text) };
}

/** `parseEnv` skips what it does not understand; a skipped line is a setting its author believes in. */
function brokenLines(text: string): ConfigProblem[] {
  const withoutQuoted = text.replaceAll(QUOTED_VALUE, (value) => value.replaceAll(/[^\n]/g, '_'));
  return withoutQuoted.split('\n').flatMap((line, index): ConfigProblem[] => {
    const isFine = /^\s*(#.*)?$/.test(line) || /^_*$/.test(line) || /^\s*(?:export\s+)?[A-Za-z_]\w*\s*=/.test(line);
    return isFine ? [] : [{ field: `.env:${index + 1}`, reason: `is not NAME=value: "${line.trim().slice(0, 40)}"` }];
  });
}

/** A quoted value may go over several lines. */
const QUOTED_VALUE = /(?<==\s*)(["'`])[\s\S]*?\1/g;

async function readConfigFile(root: string, name: string | undefined): Promise<{ value: unknown; problems: ConfigProblem[] }> {
  const file = path.resolve(root, name ?? 'stepdown.config.ts');
  if (!existsSync(file)) {
    const problems = name === undefined ? [] : [{ field: 'STEPDOWN_CONFIG', reason: `names a file that does not exist: ${file}` }];
    return { value: {}, problems };
  }
  try {
    const module: { default?: unknown } = await import(pathToFileURL(file).href);
    if (module.default === undefined)
      return {
        value: {},
        problems: [{ field: path.basename(file), reason: 'has no default export; end it with "export default defineConfig({ … })"' }],
      };
    return { value: module.default, problems: [] };
  } catch (cause) {
    return { value: {}, problems: [{ field: path.basename(file), reason: `can't be loaded: ${messageOf(cause)}` }] };
  }
}
