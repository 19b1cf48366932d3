import { z } from 'zod';

/** Longest answer in characters; a longer one is an article, not an FAQ answer. */
export const LONGEST_ANSWER = 20_000;
const LONGEST_PHRASING = 500;
const MOST_VARIANTS = 200;

const phrasing = z.string().trim().min(1, 'is empty').max(LONGEST_PHRASING, `is longer than ${LONGEST_PHRASING} characters`);
const isoDate = z.iso.date('is no date like 2026-03-02');

/** Ids are part of file names, addresses and confirmed answers. */
export const entryId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,99}$/, 'may hold lower-case letters, digits, dot, dash and underscore only, at most 100');

export const localeTag = z.string().regex(/^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$/, 'is no locale like en or de-AT');

export const frontMatter = z.strictObject({
  id: entryId,
  question: phrasing,
  variants: z.array(phrasing).max(MOST_VARIANTS, `has more than ${MOST_VARIANTS} items`).default([]),
  tags: z.array(z.string().trim().min(1).max(60)).optional(),
  updated: isoDate.optional(),
  expires: isoDate.optional(),
});

export const answerBody = z
  .string()
  .trim()
  .min(1, 'the answer is empty')
  .max(LONGEST_ANSWER, `the answer is longer than ${LONGEST_ANSWER} characters`);

/** A whole entry as JSON and CSV carry it. */
export const entryRecord = frontMatter.extend({ answer: answerBody, locale: localeTag });
