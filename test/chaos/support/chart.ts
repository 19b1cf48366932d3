export interface Series {
  readonly name: string;
  readonly colour: string;
  readonly values: readonly number[];
}

export interface Mark {
  /** Column it stands at. */
  readonly at: number;
  readonly label: string;
}

export interface ChartOptions {
  readonly title: string;
  readonly series: readonly Series[];
  readonly marks: readonly Mark[];
  /** Label under a column; undefined = none. */
  readonly columnLabel: (column: number) => string | undefined;
}

const PLACE = { left: 60, top: 116, width: 1_000, height: 260 };

/** Stacked columns as an SVG document: what answered, over time. */
export function stackedChart({ title, series, marks, columnLabel }: ChartOptions): string {
  const columns = Math.max(...series.map(({ values }) => values.length));
  const totals = Array.from({ length: columns }, (_, column) => series.reduce((sum, { values }) => sum + (values[column] ?? 0), 0));
  const highest = Math.max(1, ...totals);
  const step = PLACE.width / columns;
  const x = (column: number): number => PLACE.left + column * step;
  const scale = PLACE.height / highest;
  const bottoms = Array.from({ length: columns }, () => PLACE.top + PLACE.height);
  const bars = series.flatMap(({ colour, values }) =>
    values.map((value, column) => {
      const height = value * scale;
      const y = (bottoms[column] ?? 0) - height;
      bottoms[column] = y;
      return value === 0 ? '' : rectangle({ x: x(column), y, width: step - 0.5, height, colour });
    }),
  );
  const legend = series.map(({ name, colour }, index) => {
    const left = PLACE.left + index * 130;
    return rectangle({ x: left, y: 36, width: 12, height: 12, colour }) + label({ x: left + 18, y: 47, text: name });
  });
  const lines = marks.map(({ at, label: text }, index) => {
    const y = PLACE.top - 8 - (index % 4) * 13;
    return `<line x1="${x(at)}" y1="${y + 2}" x2="${x(at)}" y2="${PLACE.top + PLACE.height}" stroke="#444" stroke-dasharray="3 3"/>${label({ x: x(at) + 3, y, text })}`;
  });
  const labels = totals.map((_, column) => {
    const text = columnLabel(column);
    return text === undefined ? '' : label({ x: x(column), y: PLACE.top + PLACE.height + 18, text });
  });
  const size = `width="${PLACE.left + PLACE.width + 40}" height="${PLACE.top + PLACE.height + 40}"`;
  const head = `<svg xmlns="http://www.w3.org/2000/svg" ${size} font-family="sans-serif" font-size="11"><rect width="100%" height="100%" fill="#fff"/>`;
  const parts = [head, `<text x="${PLACE.left}" y="22" font-size="15">${escaped(title)}</text>`, ...legend, ...bars, ...lines, ...labels];
  return `${[...parts, label({ x: 8, y: PLACE.top + 8, text: String(highest) })].filter((part) => part !== '').join('\n')}\n</svg>\n`;
}

interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly colour: string;
}

function rectangle({ x, y, width, height, colour }: Rectangle): string {
  return `<rect x="${x.toFixed(1)}" y="${y.toFixed(1)}" width="${width.toFixed(1)}" height="${height.toFixed(1)}" fill="${colour}"/>`;
}

function label({ x, y, text }: { readonly x: number; readonly y: number; readonly text: string }): string {
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" fill="#222">${escaped(text)}</text>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
