import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const root: string = fileURLToPath(new URL('..', import.meta.url));

export interface Step {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
}

/** Runs a step with its output on the terminal; resolves to its exit code. */
export function runStep({ command: [program, ...args] }: Step): Promise<number> {
  const child = spawn(program, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env: process.env });
  return new Promise((resolve) => {
    child.on('error', (error) => {
      console.error(`${program}: ${error.message}`);
      resolve(1);
    });
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

export interface StepResult {
  readonly name: string;
  readonly isPassed: boolean;
  readonly seconds: number;
}

export async function timed(step: Step): Promise<StepResult> {
  console.log(`\n▶ ${step.name}`);
  const startedAt = performance.now();
  const code = await runStep(step);
  return { name: step.name, isPassed: code === 0, seconds: Math.round((performance.now() - startedAt) / 100) / 10 };
}

/** Everything that is checked without running the product. */
export const CHECKS: readonly Step[] = [
  { name: 'types of pure rooms', command: ['node_modules/.bin/tsc', '-p', 'tsconfig.pure.json'] },
  { name: 'types of servers and tests', command: ['node_modules/.bin/tsc', '-p', 'tsconfig.json'] },
  { name: 'types of browser apps', command: ['node_modules/.bin/tsc', '-p', 'tsconfig.browser.json'] },
  { name: 'format, lint and import rules', command: ['node_modules/.bin/biome', 'ci', '.'] },
  { name: 'unused code and dependencies', command: ['node_modules/.bin/knip'] },
  { name: 'byte budgets of the widget', command: ['node', 'apps/widget/scripts/size.ts'] },
  { name: 'byte budget of the console', command: ['node', 'apps/console/scripts/size.ts'] },
];
