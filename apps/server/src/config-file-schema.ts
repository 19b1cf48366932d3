import { DEFAULT_POLICY, type PolicyKey } from '@stepdown/ladder';
import { z } from 'zod';
import type { StepdownConfig } from './config-file.ts';
import { businessHoursSchema, handoffSchema } from './config-handoff.ts';

const DAY_MS = 86_400_000;
/** A saved answer goes with its sources; its age matters little. */
const LONGEST_MS: Partial<Record<PolicyKey, number>> = { savedAnswerKeptMs: 90 * DAY_MS };

/** A policy number: milliseconds up to a day, ratios 0–1, everything else a small positive number. */
function policyNumber(key: PolicyKey) {
  if (key.endsWith('Ms'))
    return z
      .number()
      .min(1)
      .max(LONGEST_MS[key] ?? DAY_MS);
  if (key.endsWith('Ratio')) return z.number().min(0).max(1);
  return z.number().positive().max(1_000_000);
}

const policySchema = z.strictObject(Object.fromEntries(policyKeys().map((key) => [key, policyNumber(key).optional()])));

function policyKeys(): PolicyKey[] {
  // `Object.keys` of a constant object: its keys are exactly the policy's.
  return Object.keys(DEFAULT_POLICY) as PolicyKey[];
}

/** Strict, because this file is ours: a misspelled name is an error, not a silently ignored wish. */
export const configFileSchema: z.ZodType<StepdownConfig, unknown> = z
  .strictObject({
    siteName: z.string().trim().min(1).max(80).optional(),
    instructions: z.string().max(4_000).optional(),
    fallbackEmail: z.email().optional(),
    suggestions: z.array(z.string().min(1).max(200)).max(6).optional(),
    defaultLocale: z
      .string()
      .regex(/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/, 'must be a language tag such as "en" or "de-AT"')
      .optional(),
    statusPages: z.boolean().optional(),
    cacheInFront: z.boolean().optional(),
    messagesPerVisitor: z
      .strictObject({ capacity: z.number().int().min(1).max(1_000), refillMs: z.number().int().min(1).max(3_600_000) })
      .optional(),
    businessHours: businessHoursSchema.optional(),
    handoff: handoffSchema.optional(),
    policy: policySchema.optional(),
  })
  .transform((file): StepdownConfig => asConfig(file));

/** Zod marks optional keys as possibly undefined; a parsed file never holds such a key. */
function asConfig(file: object): StepdownConfig {
  return file;
}
