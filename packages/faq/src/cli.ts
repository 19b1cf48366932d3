import { parseArgs } from 'node:util';
import { messageOf } from '@stepdown/kernel';
import { check } from './cli/check.ts';
import { exportCommand, importCommand } from './cli/exchange-commands.ts';
import { match } from './cli/match.ts';
import { type CliOptions, EXIT } from './cli/options.ts';

const USAGE = `npm run faq -- <command> [options]

  check                      reads all entries, names every problem as file:line, asks the golden questions
  match "question"           ranks the entries for a question, with score and reason
  import FILE                writes entries from a CSV or JSON file into the folder (--dry-run shows what would change)
  export                     prints all entries as CSV or JSON

  --dir DIR         FAQ folder (default: STEPDOWN_FAQ_DIR or faq-data)
  --locale LOCALE   only this locale (check, export); locale of the question (match)
  --format FORMAT   csv or json (import: by the file's name; export: json)
  --limit N         entries that match prints (default 5)
  --verbose         check lists every golden question that is not right
  --dry-run         import writes nothing

Exit code: 0 fine, 1 a problem in the content, 2 a mistake in the command.`;

const COMMANDS = { check, match, import: importCommand, export: exportCommand } as const;

/** Runs one FAQ command; the result is the exit code. */
export async function runFaqCommand(args: string[], print: (line: string) => void = console.log): Promise<number> {
  const parsed = parse(args);
  if (typeof parsed === 'string') {
    print(parsed);
    print(USAGE);
    return EXIT.usage;
  }
  const [name = '', ...rest] = parsed.positionals;
  if (!isCommand(name)) {
    print(name === '' ? USAGE : `unknown command ${name}\n\n${USAGE}`);
    return EXIT.usage;
  }
  try {
    return await COMMANDS[name](rest, parsed.options, print);
  } catch (cause) {
    print(messageOf(cause));
    return EXIT.problem;
  }
}

function isCommand(name: string): name is keyof typeof COMMANDS {
  return Object.hasOwn(COMMANDS, name);
}

function parse(args: string[]): { positionals: string[]; options: CliOptions } | string {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        dir: { type: 'string' },
        locale: { type: 'string' },
        format: { type: 'string' },
        limit: { type: 'string', default: '5' },
        verbose: { type: 'boolean', default: false },
        'dry-run': { type: 'boolean', default: false },
      },
    });
    const { format } = values;
    if (format !== undefined && format !== 'csv' && format !== 'json') return `--format is csv or json, not ${format}`;
    const limit = Number(values.limit);
    if (!Number.isInteger(limit) || limit < 1) return `--limit is a whole number above 0, not ${values.limit}`;
    const dir = values.dir ?? process.env.STEPDOWN_FAQ_DIR ?? 'faq-data';
    return { positionals, options: { dir, locale: values.locale, format, limit, isVerbose: values.verbose, isDryRun: values['dry-run'] } };
  } catch (cause) {
    return messageOf(cause);
  }
}

if (import.meta.main) process.exitCode = await runFaqCommand(process.argv.slice(2));
