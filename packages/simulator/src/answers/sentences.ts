/** A sentence of prose, or one item of a list. */
interface Unit {
  readonly text: string;
  readonly isListItem: boolean;
}

const SENTENCE_LIMIT = 3;
const LIST_LIMIT = 6;
const LIST_ITEM = /^\s*(?:[-*+]|\d+[.)])\s+/;
/** After a full stop only a capital, a digit, a quote or a script without case starts a sentence: "e.g. shoes" stays whole. */
const SENTENCE_END = /(?<=[^\s.]{2}[.!?؟…]["”»)]?)\s+(?=[\p{Lu}\p{Lo}\p{N}*[“"«¿¡(])|(?<=[。！？])(?!$)/u;

/**
 * The opening of an answer's Markdown: up to three sentences, a list among them whole up to six items. Headings go.
 * Inline marks stay as written.
 */
export function firstSentences(markdown: string, limit = SENTENCE_LIMIT): string {
  let sentences = 0;
  let items = 0;
  const taken: Unit[] = [];
  for (const unit of unitsOf(markdown)) {
    if (unit.isListItem ? items >= LIST_LIMIT : sentences >= limit || items > 0) break;
    if (unit.isListItem) items += 1;
    else sentences += 1;
    taken.push(unit);
  }
  return taken.reduce((text, unit) => (text === '' ? unit.text : `${text}${unit.isListItem ? '\n' : joint(text)}${unit.text}`), '');
}

/** Chinese and Japanese sentences follow each other without a space. */
function joint(text: string): string {
  return /[。！？]$/.test(text) ? '' : ' ';
}

function unitsOf(markdown: string): Unit[] {
  const units: Unit[] = [];
  let prose: string[] = [];
  const flush = () => {
    for (const text of prose.join(' ').split(SENTENCE_END)) {
      if (text.trim() !== '') units.push({ text: text.trim(), isListItem: false });
    }
    prose = [];
  };
  for (const line of markdown.split('\n')) {
    if (LIST_ITEM.test(line)) {
      flush();
      units.push({ text: line.trim(), isListItem: true });
    } else if (line.trim() === '' || line.startsWith('#')) {
      flush();
    } else {
      prose.push(line.trim());
    }
  }
  flush();
  return units;
}
