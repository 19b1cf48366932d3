import { type Inline, parseInline } from './inline.ts';
import { withoutInvisible } from './invisible.ts';

export type Block =
  | { readonly type: 'paragraph' | 'heading'; readonly children: readonly Inline[] }
  | { readonly type: 'list'; readonly isOrdered: boolean; readonly start: number; readonly items: readonly (readonly Inline[])[] }
  | { readonly type: 'code'; readonly text: string };

const ITEM = /^\s{0,6}(?:([-*+•])|(\d{1,4})[.)])(?:\s+(.*))?$/;
const FENCE = /^\s{0,3}(```|~~~)/;
const HEADING = /^\s{0,3}#{1,6}\s+(.*?)\s*#*$/;
const RULE = /^\s{0,3}([-*_])(\s*\1){2,}\s*$/;

/** Reads the subset we show: paragraphs, lists, code, bold, italic, links. There is no HTML and there are no images in it. */
export function parseMarkdown(source: string, isUnfinished = false): readonly Block[] {
  const lines = withoutInvisible(source.replace(/\r\n?/g, '\n')).split('\n');
  const blocks: Block[] = [];
  let next = 0;
  while (next < lines.length) {
    const [block, end] = readBlock(lines, next, isUnfinished);
    if (block !== null) blocks.push(block);
    next = end;
  }
  return blocks;
}

type Read = readonly [block: Block | null, end: number];

function readBlock(lines: readonly string[], start: number, isUnfinished: boolean): Read {
  const line = lines[start] ?? '';
  if (line.trim() === '' || RULE.test(line)) return [null, start + 1];
  if (FENCE.test(line)) return readFence(lines, start);
  const isLast = (end: number) => isUnfinished && end >= lines.length;
  const heading = HEADING.exec(line);
  if (heading) return [{ type: 'heading', children: parseInline(heading[1] ?? '', isLast(start + 1)) }, start + 1];
  if (ITEM.test(line)) return readList(lines, start, isLast);
  let end = start + 1;
  while (end < lines.length && isParagraphLine(lines[end] ?? '')) end += 1;
  const text = lines
    .slice(start, end)
    .map((part) => part.replace(/^\s{0,3}>\s?/, '').trimEnd())
    .join('\n');
  return [{ type: 'paragraph', children: parseInline(text, isLast(end)) }, end];
}

function isParagraphLine(line: string): boolean {
  return line.trim() !== '' && !ITEM.test(line) && !FENCE.test(line) && !HEADING.test(line);
}

function readFence(lines: readonly string[], start: number): Read {
  const fence = FENCE.exec(lines[start] ?? '')?.[1] ?? '```';
  let end = start + 1;
  while (end < lines.length && !(lines[end] ?? '').trim().startsWith(fence)) end += 1;
  return [{ type: 'code', text: lines.slice(start + 1, end).join('\n') }, end + 1];
}

function readList(lines: readonly string[], start: number, isLast: (end: number) => boolean): Read {
  const first = ITEM.exec(lines[start] ?? '');
  const isOrdered = first?.[2] !== undefined;
  const texts: string[] = [];
  let end = start;
  while (end < lines.length && takeListLine(lines, end, isOrdered, texts)) end += 1;
  // A number without words yet would stand there alone.
  if (isLast(end) && texts.length > 1 && texts.at(-1) === '') texts.pop();
  const items = texts.map((text, index) => parseInline(text, isLast(end) && index === texts.length - 1));
  return [{ type: 'list', isOrdered, start: Number(first?.[2] ?? 1), items }, end];
}

/** Adds the line to the items: a new one, the rest of the last one, or a gap between two. False where the list ends. */
function takeListLine(lines: readonly string[], at: number, isOrdered: boolean, texts: string[]): boolean {
  const line = lines[at] ?? '';
  const item = ITEM.exec(line);
  if (item) {
    if ((item[2] !== undefined) !== isOrdered) return false;
    texts.push(item[3] ?? '');
    return true;
  }
  if (line.trim() === '') return ITEM.test(lines[at + 1] ?? '');
  if (!/^\s{2,}\S/.test(line)) return false;
  texts.push(`${texts.pop() ?? ''}\n${line.trim()}`);
  return true;
}

/** The words alone, as a screen reader or a text file wants them. */
export function plainText(source: string): string {
  return parseMarkdown(source).map(blockText).join('\n\n');
}

function blockText(block: Block): string {
  switch (block.type) {
    case 'code':
      return block.text;
    case 'list':
      return block.items.map((item, index) => `${block.isOrdered ? `${block.start + index}.` : '-'} ${inlineText(item)}`).join('\n');
    case 'paragraph':
    case 'heading':
      return inlineText(block.children);
  }
}

function inlineText(nodes: readonly Inline[]): string {
  return nodes.map((node) => ('children' in node ? inlineText(node.children) : node.text)).join('');
}
