import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CHECKS, root, runStep, type StepResult, timed } from './steps.ts';

/**
 * `npm test`: the checks, then every test suite. Arguments go to the test runner: `npm test -- packages/ladder`.
 * Ends with a plain line `N passed, N failed, N skipped`, summed over checks and suites.
 */
const args = process.argv.slice(2);

interface Count {
  passed: number;
  failed: number;
  skipped: number;
}

async function main(): Promise<number> {
  const count: Count = { passed: 0, failed: 0, skipped: 0 };
  const checks: StepResult[] = [];
  if (args.length === 0) for (const step of CHECKS) checks.push(await timed(step));
  for (const { isPassed } of checks) count[isPassed ? 'passed' : 'failed'] += 1;
  for (const project of args.length === 0 ? [['unit', 'dom'], ['integration'], ['e2e']] : [[]]) await runSuites(project, count);

  console.log('');
  for (const { name, isPassed, seconds } of checks) console.log(`${isPassed ? '✓' : '✗'} ${name} (${seconds} s)`);
  console.log(`\n${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`);
  return count.failed === 0 && count.passed > 0 ? 0 : 1;
}

async function runSuites(projects: readonly string[], count: Count): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'stepdown-test-'));
  const report = path.join(folder, 'report.json');
  console.log(`\n▶ tests: ${projects.length === 0 ? args.join(' ') : projects.join(', ')}`);
  const selected = projects.flatMap((project) => ['--project', project]);
  const command = [path.join(root, 'node_modules/.bin/vitest'), 'run', ...selected, ...args] as const;
  const [program, ...rest] = command;
  const code = await runStep({
    name: 'tests',
    command: [program, ...rest, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
  });
  const before = count.failed;
  addReport(report, count);
  if (code !== 0 && count.failed === before) count.failed += 1;
  rmSync(folder, { recursive: true, force: true });
}

function addReport(report: string, count: Count): void {
  try {
    const result: { numPassedTests?: number; numFailedTests?: number; numPendingTests?: number; numTodoTests?: number } = JSON.parse(
      readFileSync(report, 'utf8'),
    );
    count.passed += result.numPassedTests ?? 0;
    count.failed += result.numFailedTests ?? 0;
    count.skipped += (result.numPendingTests ?? 0) + (result.numTodoTests ?? 0);
  } catch {
    count.failed += 1;
  }
}

process.exit(await main());
