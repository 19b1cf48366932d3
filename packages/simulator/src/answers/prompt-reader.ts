/** An FAQ entry that a product put into its prompt as delimited data. */
export interface PromptEntry {
  readonly id: string;
  readonly question: string;
  readonly body: string;
}

/** Rules may speak of "the <faq_entry> blocks": only a tag with an id opens one. */
const ENTRY_BLOCK = /<faq_entry\s+([^>]*\bid="[^">]+"[^>]*)>([\s\S]*?)<\/faq_entry>/g;
const QUOTED_ANSWER = /<interrupted_answer>[\s\S]*?(?:<\/interrupted_answer>|$)/g;
const ATTRIBUTE = /([a-z_]+)="([^"]*)"/g;
const ENTITIES: { readonly [name: string]: string } = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", '#39': "'", '#34': '"' };

/** Finds the `<faq_entry id question>` blocks in instructions, in their order. Blocks without an id are no entries. */
export function readEntries(instructions: string): PromptEntry[] {
  return [...instructions.matchAll(ENTRY_BLOCK)].flatMap(([, attributes = '', body = '']) => {
    const named = new Map([...attributes.matchAll(ATTRIBUTE)].map(([, name = '', value = '']) => [name, unescapeXml(value)]));
    const id = named.get('id');
    return id ? [{ id, question: named.get('question') ?? '', body: unescapeXml(body).trim() }] : [];
  });
}

/** The language the instructions ask for with `<locale>de</locale>`, without region; `en` when they name none. */
export function readLocale(instructions: string): string {
  const [, tag = 'en'] = /<locale>\s*([A-Za-z]{2,3})[^<]*<\/locale>/.exec(instructions) ?? [];
  return tag.toLowerCase();
}

/** The visitor's words, without a quoted earlier answer and without the tags a prompt may wrap them in. */
export function readQuestion(userText: string): string {
  const plain = userText.replaceAll(QUOTED_ANSWER, ' ').replaceAll(/<\/?[a-z][a-z_-]*(?:\s[^<>]*)?>/gi, ' ');
  return unescapeXml(plain).replaceAll(/\s+/g, ' ').trim();
}

function unescapeXml(text: string): string {
  return text.replaceAll(/&(#?\w+);/g, (whole, name: string) => ENTITIES[name] ?? whole);
}
