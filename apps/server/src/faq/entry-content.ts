import { type FaqEntry, serializeEntry } from '@stepdown/faq';
import type { FaqContent, FaqRevisionView } from '@stepdown/protocol';
import type { FaqRevision } from '@stepdown/store';

/** What a revision holds: the editor's fields, and when their meaning was last changed and looked at (epoch ms). */
export interface StoredContent extends FaqContent {
  /** Last change of question or answer beyond spelling of spaces and marks; translations older than this are stale. */
  readonly meaningfulAt: number;
  /** When somebody last stood for this text: published it, or dated it in its file. */
  readonly reviewedAt: number;
  /** The folder whose file said so; unset when an editor wrote it. */
  readonly fromFolder?: string | undefined;
}

export interface EntryKey {
  readonly entryId: string;
  readonly locale: string;
}

export function keyOf({ entryId, locale }: EntryKey): string {
  return `${locale.toLowerCase()}/${entryId}`;
}

/** The fields in one order, empty ones left out, so that two equal contents are equal texts. */
export function plainContent(content: FaqContent): FaqContent {
  const { question, variants, answer, tags, updated, expires } = content;
  return {
    question: question.trim(),
    variants: variants.map((variant) => variant.trim()),
    answer: answer.trim(),
    ...(tags === undefined || tags.length === 0 ? {} : { tags }),
    ...(updated === undefined ? {} : { updated }),
    ...(expires === undefined ? {} : { expires }),
  };
}

export function isSameContent(first: FaqContent, second: FaqContent): boolean {
  return JSON.stringify(plainContent(first)) === JSON.stringify(plainContent(second));
}

export function contentOfEntry(entry: FaqEntry): FaqContent {
  const { question, answer, tags, updated, expires } = entry;
  return plainContent({
    question,
    variants: [...entry.variants],
    answer,
    ...(tags === undefined ? {} : { tags: [...tags] }),
    ...(updated === undefined ? {} : { updated }),
    ...(expires === undefined ? {} : { expires }),
  });
}

export function entryOf({ entryId, locale }: EntryKey, content: FaqContent): FaqEntry {
  return { id: entryId, locale, ...plainContent(content) };
}

/** The text as its file would hold it; what diffs compare. */
export function fileTextOf(key: EntryKey, content: FaqContent): string {
  return serializeEntry(entryOf(key, content));
}

/** `faq_revision.content` is written by this server only, from a `StoredContent`. */
export function storedContent(json: string): StoredContent {
  return JSON.parse(json) as StoredContent;
}

export function revisionView(revision: FaqRevision): FaqRevisionView {
  const { entryId, locale, revision: number, baseRevision, status, author, at } = revision;
  return { entryId, locale, revision: number, baseRevision, status, author, at, content: plainContent(storedContent(revision.content)) };
}

/** Dates the meaning of a new text: it keeps the date of the one before unless question or answer say something else. */
export function dated(content: FaqContent, before: StoredContent | undefined, now: number): StoredContent {
  const isSameMeaning = before !== undefined && meaningOf(before) === meaningOf(content);
  return { ...plainContent(content), meaningfulAt: isSameMeaning ? before.meaningfulAt : now, reviewedAt: now };
}

/** A file that was there before the server dates itself. */
export function datedByFile(content: FaqContent, now: number): StoredContent {
  const day = content.updated === undefined ? Number.NaN : Date.parse(content.updated);
  return dated(content, undefined, Number.isNaN(day) ? now : Math.min(day, now));
}

function meaningOf({ question, answer }: FaqContent): string {
  return `${question}\n${answer}`
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\p{S}]+/gu, ' ')
    .trim();
}

/** Where an entry's file stands unless its author chose another name. */
export function pathOfKey({ entryId, locale }: EntryKey): string {
  return `${locale}/${entryId}.md`;
}
