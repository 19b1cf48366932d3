import type { FaqContent, FaqWarning } from '@stepdown/protocol';
import { plainContent } from './entry-content.ts';
import { instructionsIn } from './instruction-like.ts';
import { withoutInvisible } from './invisible.ts';

export interface CleanContent {
  readonly content: FaqContent;
  readonly warnings: readonly FaqWarning[];
}

/**
 * Makes what an editor or a file says safe to keep: HTML becomes text, invisible characters go, and what deserves a
 * second look is named (checklist D24, D25, D28). Cleaning what is clean changes nothing.
 */
export function cleanContent(given: FaqContent): CleanContent {
  const warnings: FaqWarning[] = [];
  const visible = (field: string, text: string): string => {
    const { text: kept, removed } = withoutInvisible(text);
    if (removed.length > 0) {
      warnings.push({
        code: 'invisible-removed',
        field,
        message: `${named(removed)} taken out: nobody sees them, but programs read them.`,
      });
    }
    return kept;
  };
  const question = visible('question', given.question);
  const variants = given.variants.map((variant, index) => visible(`variants.${index}`, variant)).filter((variant) => variant.trim() !== '');
  const tags = given.tags?.map((tag, index) => visible(`tags.${index}`, tag)).filter((tag) => tag.trim() !== '');
  const answer = asText(visible('answer', given.answer), warnings);
  const { tags: _, ...rest } = given;
  const content = plainContent({ ...rest, question, variants, answer, ...(tags === undefined ? {} : { tags }) });
  warnings.push(...linkWarnings(answer), ...instructionWarnings(content));
  return { content, warnings };
}

function named(codes: readonly number[]): string {
  const names = [...new Set(codes)].slice(0, 4).map((code) => `U+${code.toString(16).toUpperCase().padStart(4, '0')}`);
  return `${codes.length} invisible ${codes.length === 1 ? 'character was' : 'characters were'} (${names.join(', ')})`;
}

/** `<` in front of what could be a tag, with the backslashes before it: an odd number of them already makes it text. */
const TAG_START = /(\\*)<(?=[a-z!/?])/gi;

/** A backslash makes `<` text for every Markdown reader, ours and others. */
function asText(answer: string, warnings: FaqWarning[]): string {
  let count = 0;
  const text = answer.replaceAll(TAG_START, (whole, backslashes: string) => {
    if (backslashes.length % 2 === 1) return whole;
    count += 1;
    return `${backslashes}\\<`;
  });
  if (count > 0) {
    const message = 'HTML is shown as text, never run. Use Markdown for bold, lists and links.';
    warnings.push({ code: 'html-as-text', field: 'answer', message });
  }
  return text;
}

const LINK_TARGET = /\]\(\s*<?([^)\s>]*)/g;
const SAFE_TARGET = /^(https:\/\/|mailto:)/i;

function linkWarnings(answer: string): FaqWarning[] {
  const targets = [...answer.matchAll(LINK_TARGET)].map((match) => match[1] ?? '').filter((target) => !SAFE_TARGET.test(target));
  const unsafe = targets.map((target): FaqWarning => {
    const message = `The link to "${target.slice(0, 60)}" is shown as plain text: only https:// and mailto: become links.`;
    return { code: 'unsafe-link', field: 'answer', message };
  });
  if (!/!\[/.test(answer)) return unsafe;
  return [...unsafe, { code: 'image', field: 'answer', message: 'Images are not shown, only their description.' }];
}

function instructionWarnings(content: FaqContent): FaqWarning[] {
  const fields = { question: content.question, variants: content.variants.join('\n'), answer: content.answer };
  return Object.entries(fields).flatMap(([field, text]) =>
    instructionsIn(text).map((piece): FaqWarning => {
      const message = `"${piece}" reads like an order to the AI. It is passed on as quoted text only, but write it differently if it is meant for customers.`;
      return { code: 'instruction-like', field, message };
    }),
  );
}
