import type { Result } from '@stepdown/kernel';
import { err, ok } from '@stepdown/kernel';
import { isMap, isSeq, LineCounter, parseDocument } from 'yaml';
import type { ZodError } from 'zod';
import type { FaqEntry } from '../types.ts';
import type { FaqProblem } from './problem.ts';
import { answerBody, frontMatter, localeTag } from './schema.ts';

const FRONT_MATTER = /^---[ \t]*\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)/;
/** Largest file that is read, in characters. */
const LARGEST_FILE = 200_000;

/**
 * Reads one `<locale>/<slug>.md` file. The locale is the name of the folder in `path`. Never throws: what is wrong comes back as
 * problems with line and remedy.
 */
export function parseEntry(text: string, path: string): Result<FaqEntry, readonly FaqProblem[]> {
  const fail = (line: number, reason: string, remedy: string) => err([{ path, line, reason, remedy, severity: 'error' as const }]);
  if (text.length > LARGEST_FILE) return fail(1, `the file has more than ${LARGEST_FILE} characters`, 'split it into several entries');
  const source = text.replace(/^\ufeff/, '');
  const matter = FRONT_MATTER.exec(source);
  if (matter === null) return fail(1, 'there is no front matter', 'start the file with a block between two lines of ---');
  const locale = localeTag.safeParse(localeOfPath(path));
  if (!locale.success) return fail(1, 'the file is in no locale folder', 'put it into a folder such as en/ or de-AT/');
  return readMatter(matter[1] ?? '', source.slice(matter[0].length), { path, locale: locale.data, bodyLine: lineCount(matter[0]) });
}

interface Place {
  readonly path: string;
  readonly locale: string;
  readonly bodyLine: number;
}

function readMatter(yaml: string, body: string, place: Place): Result<FaqEntry, readonly FaqProblem[]> {
  const lines = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: lines, prettyErrors: false, schema: 'core' });
  const problem = (line: number, reason: string, remedy: string): FaqProblem => ({
    path: place.path,
    line,
    reason,
    remedy,
    severity: 'error',
  });
  if (document.errors.length > 0) {
    return err(
      document.errors.map((error) =>
        problem(
          lines.linePos(error.pos[0]).line + 1,
          `the front matter is no YAML: ${error.message}`,
          'put texts with a colon or quote into quotes',
        ),
      ),
    );
  }
  const matter = frontMatter.safeParse(plainValue(document));
  const answer = answerBody.safeParse(body);
  if (matter.success && answer.success) return ok({ ...matter.data, answer: answer.data, locale: place.locale });
  const lineOf = (keys: readonly PropertyKey[]): number => 1 + lineOfKeys(document.contents, keys, lines);
  return err([
    ...(matter.success ? [] : reasonsOf(matter.error).map(({ keys, reason, remedy }) => problem(lineOf(keys), reason, remedy))),
    ...(answer.success
      ? []
      : [problem(place.bodyLine, answer.error.issues[0]?.message ?? 'the answer is invalid', 'write the answer below the second ---')]),
  ]);
}

/** Aliases could expand without end; a front matter has no use for them. */
function plainValue(document: ReturnType<typeof parseDocument>): unknown {
  try {
    return document.toJS({ maxAliasCount: 0 });
  } catch {
    return undefined;
  }
}

export interface SchemaReason {
  readonly keys: readonly PropertyKey[];
  readonly reason: string;
  readonly remedy: string;
}

/** Zod issues in an editor's words. */
export function reasonsOf(error: ZodError): SchemaReason[] {
  return error.issues.map((issue) => {
    const field = issue.path.join('.');
    if (issue.code === 'unrecognized_keys') {
      return {
        keys: [...issue.path, ...issue.keys.slice(0, 1)],
        reason: `unknown field ${issue.keys.join(', ')}`,
        remedy: 'remove it or correct its spelling',
      };
    }
    if (issue.code === 'invalid_type' && issue.input === undefined && field !== '') {
      return {
        keys: issue.path,
        reason: `${field} is missing or not ${issue.expected}`,
        remedy: `write ${field} as ${issue.expected === 'array' ? 'a list' : 'text'}`,
      };
    }
    return {
      keys: issue.path,
      reason: field === '' ? 'the front matter holds no fields' : `${field} ${issue.message}`,
      remedy: 'correct it',
    };
  });
}

function lineOfKeys(contents: unknown, keys: readonly PropertyKey[], lines: LineCounter): number {
  let node = contents;
  let line = 1;
  for (const key of keys) {
    if (isMap(node)) {
      const pair = node.items.find((item) => String(item.key) === String(key));
      line = startLine(pair?.key, lines) ?? line;
      node = pair?.value;
    } else if (isSeq(node)) {
      node = node.items[Number(key)];
      line = startLine(node, lines) ?? line;
    }
  }
  return line;
}

function startLine(node: unknown, lines: LineCounter): number | undefined {
  if (typeof node !== 'object' || node === null || !('range' in node) || !Array.isArray(node.range)) return undefined;
  return lines.linePos(Number(node.range[0])).line;
}

function lineCount(text: string): number {
  return text.split('\n').length;
}

function localeOfPath(path: string): string {
  return path.split(/[\\/]/).at(-2) ?? '';
}
