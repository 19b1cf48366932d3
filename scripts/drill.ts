import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { FAULT_MODES, type FaultMode } from '@stepdown/simulator';
import { readGolden } from './drill/golden.ts';
import { reportLines, reportOf } from './drill/report.ts';
import { runDrill } from './drill/run-drill.ts';
import { DRILLS, type DrillProvider, type DrillScenario } from './drill/scenarios.ts';
import { openStage } from './drill/stage.ts';
import { root } from './steps.ts';

/**
 * `npm run drill -- --scenario NAME`: plays an outage against a simulated server and measures what customers get.
 * Exit code 0 = every check passed, 1 = one failed, 2 = the command line can't be understood or the server not be used.
 */
const USAGE = `Usage: npm run drill -- --scenario NAME [--url URL] [--seconds N] [--every-ms N] [--share 0..1]
       npm run drill -- --fault MODE [--provider claude|gpt|open-model] [--share 0..1] [--seconds N]
       npm run drill -- --list`;

class UsageError extends Error {}

async function main(args: readonly string[]): Promise<number> {
  const values = parse(args);
  if (values.list === true) {
    for (const [name, { title }] of Object.entries(DRILLS)) console.log(`${name.padEnd(18)}${title}`);
    return 0;
  }
  const { name, scenario } = chosen(values);
  const seconds = positive('--seconds', values.seconds) ?? scenario.seconds;
  const everyMs = positive('--every-ms', values['every-ms']) ?? 700;
  const stage = await openStage(values.url).catch((cause: Error) => {
    throw values.url === undefined ? cause : new UsageError(cause.message);
  });
  try {
    console.log(`Drill "${name}" against ${stage.url}${values.url === undefined ? ' (an own server)' : ''}`);
    const record = await runDrill(stage, scenario, { seconds, everyMs, questions: readGolden(), log: (line) => console.log(line) });
    const report = reportOf(record, scenario, { name, seconds });
    console.log(`\n${reportLines(report).join('\n')}`);
    console.log(`\nwritten to ${path.relative(root, store(name, report))}`);
    return report.checks.every(({ isPassed }) => isPassed) ? 0 : 1;
  } finally {
    await stage.close();
  }
}

function parse(args: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...args],
      options: {
        scenario: text,
        fault: text,
        provider: text,
        url: text,
        seconds: text,
        'every-ms': text,
        share: text,
        list: { type: 'boolean' },
      },
    }).values;
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : String(cause));
  }
}

/** A named scenario, or one fault on one provider; `share` narrows either to a part of the answers. */
function chosen(values: ReturnType<typeof parse>): { readonly name: string; readonly scenario: DrillScenario } {
  const share = positive('--share', values.share);
  if (share !== undefined && share > 1) throw new UsageError('--share is a number from 0 to 1');
  const scope = share === undefined ? {} : { share };
  const named = values.scenario === undefined ? undefined : DRILLS[values.scenario];
  if (named !== undefined) {
    const steps: DrillScenario['steps'] = (seconds) =>
      named.steps(seconds).map((step) => ({ ...step, fault: { ...step.fault, ...scope } }));
    return { name: values.scenario ?? '', scenario: { ...named, steps } };
  }
  const mode = FAULT_MODES.find((each: FaultMode) => each === values.fault);
  const provider = (['claude', 'gpt', 'open-model'] as const).find((each: DrillProvider) => each === (values.provider ?? 'claude'));
  if (values.scenario !== undefined || mode === undefined || provider === undefined) {
    throw new UsageError(`Name a scenario (${Object.keys(DRILLS).join(', ')}) or a fault (${FAULT_MODES.join(', ')}).`);
  }
  const scenario: DrillScenario = {
    title: `${provider} is ${mode}`,
    seconds: 20,
    steps: () => [{ atSeconds: 0, provider, fault: { mode, ...scope } }],
    tiers: ['claude', 'gpt', 'open-model', 'faq', 'handoff'],
    detectWithinMs: undefined,
    firstTextWithinMs: 9_500,
    backWithinMs: undefined,
  };
  return { name: `${provider}-${mode}`, scenario };
}

function positive(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!(value > 0)) throw new UsageError(`${flag} must be a number above 0, not "${text}"`);
  return value;
}

function store(name: string, report: object): string {
  const folder = path.join(root, 'bench-results');
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `drill-${name}.json`);
  writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`);
  return file;
}

try {
  process.exit(await main(process.argv.slice(2)));
} catch (cause) {
  if (!(cause instanceof UsageError)) throw cause;
  console.error(`${cause.message}\n${USAGE}`);
  process.exit(2);
}
