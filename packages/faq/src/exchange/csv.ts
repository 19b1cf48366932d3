/** Spreadsheets run a cell that starts so as a formula. */
const FORMULA_START = /^['=+\-@\t\r]/;

/** One CSV text (RFC 4180) from rows of cells. A cell that a spreadsheet would run gets an apostrophe in front; `parseCsv` takes it off again. */
export function writeCsv(rows: readonly (readonly string[])[]): string {
  return `${rows.map((row) => row.map(writeCell).join(',')).join('\r\n')}\r\n`;
}

function writeCell(cell: string): string {
  const safe = FORMULA_START.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export interface CsvRow {
  /** 1-based line where the row starts. */
  readonly line: number;
  readonly cells: readonly string[];
}

const CELL = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\n|\r|$)/y;

/** Rows of a CSV text with commas; empty lines are left out. Stops with `brokenLine` at a quote that is not closed. */
export function parseCsv(text: string): { readonly rows: readonly CsvRow[]; readonly brokenLine?: number } {
  const rows: CsvRow[] = [];
  const source = text.replace(/^\ufeff/, '');
  let cells: string[] = [];
  let line = 1;
  let rowLine = 1;
  CELL.lastIndex = 0;
  while (CELL.lastIndex < source.length) {
    const cell = CELL.exec(source);
    if (cell === null) return { rows, brokenLine: line };
    const [whole, quoted, plain = '', end = ''] = cell;
    cells.push(withoutGuard(quoted?.replaceAll('""', '"') ?? plain));
    line += lineBreaksIn(whole);
    if (end === ',') continue;
    if (cells.some((value) => value !== '')) rows.push({ line: rowLine, cells });
    cells = [];
    rowLine = line;
  }
  if (cells.length > 0) rows.push({ line: rowLine, cells: [...cells, ''] });
  return { rows };
}

function withoutGuard(cell: string): string {
  return cell.startsWith("'") && FORMULA_START.test(cell.slice(1)) ? cell.slice(1) : cell;
}

function lineBreaksIn(text: string): number {
  return text.match(/\r\n|\n|\r/g)?.length ?? 0;
}
