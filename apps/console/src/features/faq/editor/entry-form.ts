import type { FaqContent } from '@stepdown/protocol';

/** What an editor types. Texts may be half-finished. */
export interface EntryForm {
  readonly question: string;
  readonly variants: readonly string[];
  readonly answer: string;
  readonly tags: readonly string[];
  /** ISO date, or empty. */
  readonly expires: string;
  /** Set by the server when it is published; carried along. */
  readonly updated: string;
}

export const emptyForm: EntryForm = { question: '', variants: [], answer: '', tags: [], expires: '', updated: '' };

export function formOf({ question, variants, answer, tags = [], expires = '', updated = '' }: FaqContent): EntryForm {
  return { question, variants, answer, tags, expires, updated };
}

/** What the server is sent: trimmed, without empty and repeated lines. */
export function contentOf(form: EntryForm): FaqContent {
  const question = form.question.trim();
  const tags = distinct(form.tags);
  return {
    question,
    variants: distinct(form.variants).filter((variant) => variant !== question),
    answer: form.answer.trim(),
    ...(tags.length > 0 && { tags }),
    ...(form.expires !== '' && { expires: form.expires }),
    ...(form.updated !== '' && { updated: form.updated }),
  };
}

export function isSameForm(first: EntryForm, second: EntryForm): boolean {
  const text = (form: EntryForm) => JSON.stringify({ ...contentOf(form), updated: null });
  return text(first) === text(second);
}

export type FormProblems = Partial<Record<'question' | 'variants' | 'answer' | 'tags', string>>;

const LONGEST_PHRASING = 500;
const LONGEST_ANSWER = 20_000;
const LONGEST_TAG = 60;
const MOST_VARIANTS = 200;
const MOST_TAGS = 50;

/** Why the server would refuse it; empty when it would not. The server has the last word. */
export function problemsOf(form: EntryForm): FormProblems {
  const { question, variants, answer, tags = [] } = contentOf(form);
  const long = variants.find((variant) => variant.length > LONGEST_PHRASING);
  return {
    ...(question === '' && { question: 'Write the question as a customer would ask it.' }),
    ...(question.length > LONGEST_PHRASING && { question: 'At most 500 characters.' }),
    ...(answer === '' && { answer: 'Write the answer.' }),
    ...(answer.length > LONGEST_ANSWER && { answer: 'At most 20,000 characters.' }),
    ...(long !== undefined && { variants: `“${long.slice(0, 40)}…” is longer than 500 characters.` }),
    ...(variants.length > MOST_VARIANTS && { variants: 'At most 200 other phrasings.' }),
    ...(tags.some((tag) => tag.length > LONGEST_TAG) && { tags: 'A tag has at most 60 characters.' }),
    ...(tags.length > MOST_TAGS && { tags: 'At most 50 tags.' }),
  };
}

/** Phrasings out of pasted text: one a line, without list marks and quotes around them. */
export function phrasingsIn(text: string): string[] {
  const lines = text.split(/\r?\n/).map((line) =>
    line
      .trim()
      .replace(/^([-*•–]|\d{1,3}[.)])\s+/, '')
      .replace(/^["“„«](.*)["”“»][,;]?$/, '$1')
      .trim(),
  );
  return distinct(lines);
}

const WORDS_IN_ID = 5;

/** A readable id made of the first words of a question, as the server would make it; empty without Latin letters or digits. */
export function idFor(question: string): string {
  const words = question
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .match(/[a-z0-9]+/g);
  return (words ?? []).slice(0, WORDS_IN_ID).join('-').slice(0, 60);
}

/** Why it can't be an id; undefined when it can. */
export function idProblem(id: string): string | undefined {
  if (id === '') return 'Give the entry a short name, for example return-window.';
  return /^[a-z0-9][a-z0-9._-]{0,99}$/.test(id) ? undefined : 'Lower-case letters, digits, dot, dash and underscore only, at most 100.';
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts.map((text) => text.trim()).filter((text) => text !== ''))];
}
