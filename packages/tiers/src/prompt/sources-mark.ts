/** The line by which a model names the entries it used. `length` is what it takes from the text it was found at. */
export interface SourcesMark {
  readonly length: number;
  readonly ids: readonly string[];
}

/** The prompt asks for the English word; models translate it now and then. */
const LABELS = ['sources', 'source', 'quellen', 'quelle', 'fuentes', 'fonti', 'fontes', 'bronnen'];
const NONE = ['none', 'keine', 'aucune', 'ninguna', 'nessuna', 'nenhuma', 'geen'];
const LABEL = new RegExp(`^[*_]{0,2}(?:${LABELS.join('|')})[*_]{0,2}[ \\t]?[:：]`, 'i');
const MAX_ITEM_LENGTH = 80;

/**
 * Looks for a sources mark at the start of `text`: a label, a colon, then only `[id]`s, known ids or "none" up to the
 * end of the line. `maybe` means more text is needed to tell; a final text gives no `maybe`, and a mark that broke off
 * after its colon counts.
 */
export function matchSourcesMark(text: string, knownIds: ReadonlySet<string>, isFinal: boolean): SourcesMark | 'no' | 'maybe' {
  const label = LABEL.exec(text);
  if (label !== null) return matchList(text, label[0].length, { knownIds, isFinal });
  return !isFinal && couldBecomeLabel(text) ? 'maybe' : 'no';
}

function couldBecomeLabel(text: string): boolean {
  const rest = text.replace(/^[*_]{0,2}/, '').toLowerCase();
  return LABELS.some((label) => label.startsWith(rest) || (rest.startsWith(label) && /^[*_]{0,2}[ \t]?$/.test(rest.slice(label.length))));
}

interface ListContext {
  readonly knownIds: ReadonlySet<string>;
  readonly isFinal: boolean;
}

function matchList(text: string, from: number, context: ListContext): SourcesMark | 'no' | 'maybe' {
  const ids: string[] = [];
  let position = from;
  let hasItem = false;
  for (;;) {
    position = afterSeparators(text, position);
    if (position === text.length) return context.isFinal ? { length: position, ids } : 'maybe';
    if (/[\r\n]/.test(text.charAt(position))) return hasItem ? { length: position, ids } : 'no';
    const item = matchItem(text.slice(position), context);
    if (typeof item === 'string') return item;
    if (item.id !== undefined && !ids.includes(item.id)) ids.push(item.id);
    hasItem = true;
    position += item.length;
  }
}

function afterSeparators(text: string, position: number): number {
  return position + (/^[ \t*_,;.]*/.exec(text.slice(position))?.[0].length ?? 0);
}

interface Item {
  readonly length: number;
  readonly id: string | undefined;
}

function matchItem(text: string, context: ListContext): Item | 'no' | 'maybe' {
  return text.startsWith('[') ? matchBracketed(text, context) : matchWord(text, context);
}

function matchBracketed(text: string, { knownIds, isFinal }: ListContext): Item | 'no' | 'maybe' {
  const [inside = ''] = /^[^\][\r\n]*/.exec(text.slice(1)) ?? [];
  const closing = text.charAt(inside.length + 1);
  if (inside.length > MAX_ITEM_LENGTH || (closing !== '' && closing !== ']')) return 'no';
  if (closing === '' && !isFinal) return 'maybe';
  const id = inside.trim().replace(/^["'`]|["'`]$/g, '');
  return { length: inside.length + 1 + closing.length, id: closing !== '' && knownIds.has(id) ? id : undefined };
}

function matchWord(text: string, { knownIds, isFinal }: ListContext): Item | 'no' | 'maybe' {
  const [word = ''] = /^[^\s,;.[\]*]+/.exec(text) ?? [];
  const lowered = word.toLowerCase();
  const item = { length: word.length, id: [...knownIds].find((id) => id.toLowerCase() === lowered) };
  if (word.length < text.length) return item.id !== undefined || NONE.includes(lowered) ? item : 'no';
  const canGrow = [...NONE, ...knownIds].some((name) => name.toLowerCase().startsWith(lowered));
  if (!canGrow) return 'no';
  return isFinal ? item : 'maybe';
}
