import { isMisleading, safeHref } from './links.ts';

export type Inline =
  | { readonly type: 'text' | 'code'; readonly text: string }
  | { readonly type: 'strong' | 'emphasis'; readonly children: readonly Inline[] }
  | { readonly type: 'link'; readonly href: string; readonly children: readonly Inline[] };

interface Piece {
  readonly nodes: readonly Inline[];
  readonly end: number;
}

interface Reading {
  readonly text: string;
  /** The text goes on: what is not closed yet may still be. */
  readonly isUnfinished: boolean;
  readonly depth: number;
}

/** Deeper nesting than any answer needs; beyond it markers are text. */
const DEEPEST = 4;

/** Reads bold, italic, code and links; everything else is text. Works at every prefix of a text that is still arriving. */
export function parseInline(text: string, isUnfinished: boolean, depth = 0): readonly Inline[] {
  const reading: Reading = { text, isUnfinished, depth };
  const nodes: Inline[] = [];
  let plain = '';
  let position = 0;
  const flush = () => {
    if (plain !== '') nodes.push({ type: 'text', text: plain });
    plain = '';
  };
  while (position < text.length) {
    const piece = depth > DEEPEST ? null : readPiece(reading, position);
    if (piece === null) {
      plain += text.charAt(position);
      position += 1;
    } else {
      flush();
      nodes.push(...piece.nodes);
      position = piece.end;
    }
  }
  flush();
  return nodes;
}

function readPiece(reading: Reading, start: number): Piece | null {
  switch (reading.text.charAt(start)) {
    case '\\':
      return readEscape(reading, start);
    case '`':
      return readCode(reading, start);
    case '*':
    case '_':
      return readEmphasis(reading, start);
    case '!':
      return readImage(reading, start);
    case '[':
      return readLink(reading, start);
    case 'h':
    case 'H':
      return readBareLink(reading, start);
    default:
      return null;
  }
}

const nothing: readonly Inline[] = [];

function readEscape({ text }: Reading, start: number): Piece | null {
  const next = text.charAt(start + 1);
  return /[\\`*_{}[\]()#+\-.!<>~|]/.test(next) ? { nodes: [{ type: 'text', text: next }], end: start + 2 } : null;
}

function readCode({ text, isUnfinished }: Reading, start: number): Piece | null {
  const close = text.indexOf('`', start + 1);
  if (close > start + 1) return { nodes: [{ type: 'code', text: text.slice(start + 1, close) }], end: close + 1 };
  if (close !== -1 || !isUnfinished) return null;
  const rest = text.slice(start + 1);
  return { nodes: rest === '' ? nothing : [{ type: 'code', text: rest }], end: text.length };
}

function readEmphasis({ text, isUnfinished, depth }: Reading, start: number): Piece | null {
  const sign = text.charAt(start);
  const marker = text.charAt(start + 1) === sign ? sign + sign : sign;
  const from = start + marker.length;
  if (sign === '_' && /[\p{L}\p{N}]/u.test(text.charAt(start - 1))) return null;
  if (from >= text.length) return isUnfinished ? { nodes: nothing, end: text.length } : null;
  if (/\s/.test(text.charAt(from))) return null;
  const type = marker.length === 2 ? 'strong' : 'emphasis';
  const close = findClose(text, marker, from);
  if (close !== -1) {
    return { nodes: [{ type, children: parseInline(text.slice(from, close), false, depth + 1) }], end: close + marker.length };
  }
  if (!isUnfinished) return null;
  // Half of the closing "**" may have arrived.
  const rest = text.slice(from).replace(/[*_]$/, '');
  return { nodes: [{ type, children: parseInline(rest, true, depth + 1) }], end: text.length };
}

function findClose(text: string, marker: string, from: number): number {
  const sign = marker.charAt(0);
  for (let at = text.indexOf(marker, from); at !== -1; at = text.indexOf(marker, at + 1)) {
    if (at === from || /\s/.test(text.charAt(at - 1))) continue;
    if (marker.length === 2) return at;
    // A single sign does not close on half of a double one.
    if (text.charAt(at + 1) === sign) at += 1;
    else if (sign === '*' || !/[\p{L}\p{N}]/u.test(text.charAt(at + 1))) return at;
  }
  return -1;
}

/** Nothing loads by itself (checklist D21): of an image only its description is left. */
function readImage(reading: Reading, start: number): Piece | null {
  if (reading.text.charAt(start + 1) !== '[') return null;
  const parts = readBrackets(reading, start + 1);
  return parts && { nodes: parts.label === '' ? nothing : [{ type: 'text', text: parts.label }], end: parts.end };
}

function readLink(reading: Reading, start: number): Piece | null {
  const parts = readBrackets(reading, start);
  if (parts === null) return null;
  const children = parseInline(parts.label, reading.isUnfinished && parts.target === null, reading.depth + 1).flatMap(withoutLink);
  const href = parts.target === null ? null : safeHref(parts.target);
  if (href === null) return { nodes: children, end: parts.end };
  const label: readonly Inline[] = isMisleading(parts.label, href) || parts.label === '' ? [{ type: 'text', text: href }] : children;
  return { nodes: [{ type: 'link', href, children: label }], end: parts.end };
}

function withoutLink(node: Inline): readonly Inline[] {
  return node.type === 'link' ? node.children : [node];
}

/** Reads `[label](target)`; while the text goes on, also the beginning of one, so that no half address is ever shown. */
function readBrackets({ text, isUnfinished }: Reading, start: number): { label: string; target: string | null; end: number } | null {
  const close = text.indexOf(']', start + 1);
  if (close === -1) return isUnfinished ? { label: text.slice(start + 1), target: null, end: text.length } : null;
  const label = text.slice(start + 1, close);
  if (close === text.length - 1 && isUnfinished) return { label, target: null, end: text.length };
  if (text.charAt(close + 1) !== '(') return null;
  const end = text.indexOf(')', close + 2);
  if (end === -1) return isUnfinished ? { label, target: null, end: text.length } : null;
  return { label, target: text.slice(close + 2, end), end: end + 1 };
}

function readBareLink({ text, isUnfinished }: Reading, start: number): Piece | null {
  if (!/^https:\/\//i.test(text.slice(start, start + 8)) || /[\p{L}\p{N}]/u.test(text.charAt(start - 1))) return null;
  const run = /^[^\s<>"'`*[\]]+/.exec(text.slice(start))?.[0] ?? '';
  const target = run.replace(/[.,;:!?)]+$/, '');
  const isGrowing = isUnfinished && start + run.length === text.length;
  const href = isGrowing ? null : safeHref(target);
  return href === null ? null : { nodes: [{ type: 'link', href, children: [{ type: 'text', text: href }] }], end: start + target.length };
}
