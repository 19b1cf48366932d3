import { root } from '../support/server.ts';

/** `npm run bench -- failover|overhead|faq|inbox|all [options]`: each prints a table and writes JSON into bench-results/. */
const BENCHES: Readonly<Record<string, () => Promise<{ run(args: string[]): Promise<void> }>>> = {
  failover: () => import('./failover.ts'),
  overhead: () => import('./overhead.ts'),
  faq: () => import('./faq.ts'),
  inbox: () => import('./inbox.ts'),
};

const USAGE = `Usage: npm run bench -- ${Object.keys(BENCHES).join('|')}|all [options of the bench]`;

async function main([name = 'all', ...args]: readonly string[]): Promise<number> {
  const names = name === 'all' ? Object.keys(BENCHES) : [name];
  for (const each of names) {
    const load = BENCHES[each];
    if (load === undefined) {
      console.error(`There is no bench "${each}".\n${USAGE}`);
      return 2;
    }
    if (names.length > 1) console.log(`\n▶ ${each}`);
    await (await load()).run([...args]);
  }
  return typeof process.exitCode === 'number' ? process.exitCode : 0;
}

process.chdir(root);
// Every simulator and server of a bench is ended with this process.
process.setMaxListeners(0);
process.exit(await main(process.argv.slice(2)));
