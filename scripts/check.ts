import { CHECKS, type StepResult, timed } from './steps.ts';

/** `npm run check`: every gate that needs no running product, all of them, then a verdict. */
const results: StepResult[] = [];
for (const step of CHECKS) results.push(await timed(step));

console.log('');
for (const { name, isPassed, seconds } of results) console.log(`${isPassed ? '✓' : '✗'} ${name} (${seconds} s)`);
process.exit(results.every((result) => result.isPassed) ? 0 : 1);
