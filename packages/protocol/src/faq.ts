import { z } from 'zod';

const locale = z.string().regex(/^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$/, 'is no locale like en or de-AT');
const isoDate = z.iso.date('is no date like 2026-03-02');
const phrasing = z.string().trim().min(1, 'is empty').max(500, 'is longer than 500 characters');
const question = z.string().trim().min(1).max(4_000);
/** 0 = the entry does not exist in this locale yet. */
const revisionNumber = z.number().int().nonnegative();

/** Ids are part of addresses and file names. The names of our own routes are taken. */
export const faqIdSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,99}$/, 'may hold lower-case letters, digits, dot, dash and underscore only, at most 100')
  .refine((id) => !RESERVED_FAQ_IDS.includes(id), 'is a name the program needs itself; choose another one');

export const RESERVED_FAQ_IDS: readonly string[] = [
  'public',
  'test',
  'replay',
  'gaps',
  'duplicates',
  'readiness',
  'import',
  'export',
  'conflicts',
];

/** What an editor writes. `answer` is Markdown without HTML; `updated` is set by the server whenever an editor publishes. */
export const faqContentSchema = z.object({
  question: phrasing,
  variants: z.array(phrasing).max(200, 'has more than 200 items').default([]),
  answer: z.string().trim().min(1, 'is empty').max(20_000, 'is longer than 20,000 characters'),
  tags: z.array(z.string().trim().min(1).max(60)).max(50).optional(),
  updated: isoDate.optional(),
  /** The entry goes offline by itself after this day (UTC). */
  expires: isoDate.optional(),
});
export type FaqContent = z.infer<typeof faqContentSchema>;

export const faqListQuerySchema = z.object({
  /** Words that must all be in the id, a phrasing, the answer or a tag. */
  search: z.string().max(200).optional(),
  locale: locale.optional(),
  tag: z.string().max(60).optional(),
  state: z.enum(['live', 'draft', 'archived', 'expired']).optional(),
  flag: z.enum(['missing', 'stale', 'conflict', 'has-draft', 'expires']).optional(),
  offset: z.coerce.number().int().nonnegative().default(0),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export type FaqListQuery = z.output<typeof faqListQuerySchema>;

export const faqSaveSchema = z.object({
  locale,
  /** `revision` of the locale as it was opened; another one now is a conflict (409). */
  baseRevision: revisionNumber,
  content: faqContentSchema,
  status: z.enum(['draft', 'published']),
});
export type FaqSave = z.input<typeof faqSaveSchema>;

export const faqUndoSchema = z.object({
  locale,
  baseRevision: revisionNumber,
  /** Whose text comes back. Default: the published one before the present one; of an archived entry, the last published. */
  toRevision: z.number().int().positive().optional(),
});
export const faqArchiveSchema = z.object({
  /** Without it every locale of the entry is archived. */
  locale: locale.optional(),
  baseRevision: revisionNumber.optional(),
});
export const faqHistoryQuerySchema = z.object({ locale, limit: z.coerce.number().int().min(1).max(200).default(50) });

export const faqResolveSchema = z.object({
  choice: z.enum(['file', 'store', 'merged']),
  /** Needed for `merged`. */
  content: faqContentSchema.optional(),
  baseRevision: revisionNumber,
});

/** A draft to try out: it takes the place of the live entry of the same id and locale. `content: null` = as if archived. */
const draft = z.object({ id: faqIdSchema, locale, content: faqContentSchema.nullable() });

export const faqTestSchema = z.object({
  question,
  locale: z.string().max(35).default('en'),
  previousQuestion: z.string().max(4_000).optional(),
  /** Without it the live FAQ answers. */
  draft: draft.optional(),
});
export const faqReplaySchema = z.object({ draft, last: z.number().int().min(1).max(1_000).default(200) });

export const faqGapsQuerySchema = z.object({
  days: z.coerce.number().int().min(1).max(90).default(30),
  locale: locale.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const faqConfirmSchema = z.object({ messageId: z.string().min(1).max(64), locale: locale.optional() });
export const faqReadinessQuerySchema = z.object({ days: z.coerce.number().int().min(1).max(365).default(30), locale: locale.optional() });

export const faqFormatSchema = z.enum(['csv', 'json', 'markdown']);
export type FaqFormat = z.infer<typeof faqFormatSchema>;
export const faqImportSchema = z.object({
  format: faqFormatSchema,
  /** One file. Markdown: as exported, each entry under a line `<!-- file: en/return-window.md -->`. */
  text: z.string().max(5_000_000).optional(),
  /** Markdown only: several files with their paths. */
  files: z
    .array(z.object({ path: z.string().max(300), text: z.string().max(200_000) }))
    .max(10_000)
    .optional(),
  /** Default true: say what would happen and change nothing. */
  dryRun: z.boolean().default(true),
  status: z.enum(['draft', 'published']).default('published'),
});
export const faqExportQuerySchema = z.object({ format: faqFormatSchema.default('csv'), locale: locale.optional() });
