import { type BusinessHours, WEEKDAYS } from '@stepdown/conversation';
import { z } from 'zod';

/** How people come in; every value has a default. */
export interface HandoffSettings {
  /** A visitor who waits longer without an answer is told so and becomes a ticket. Milliseconds; default 120,000. */
  readonly noAgentAfterMs?: number;
  /** `round-robin` gives a waiting conversation to the next agent who is online, not away and has room. Default `manual`. */
  readonly assignment?: 'manual' | 'round-robin';
  /** Open conversations at a time of an agent without a number of their own. Default 5. */
  readonly capacity?: number;
  /** Mailbox for tickets; needs a mail server. */
  readonly ticketEmail?: string;
  /** Gets tickets as signed JSON; needs STEPDOWN_WEBHOOK_SECRETS. */
  readonly webhook?: {
    readonly url: string;
    /** Also loopback and private addresses. Default false: a typing error must not reach the inside of your network. */
    readonly allowPrivateTargets?: boolean;
  };
}

const DEFAULT_HANDOFF = { noAgentAfterMs: 120_000, assignment: 'manual', capacity: 5 } as const;

/** The part of the config file that is about people. */
interface HandoffFile {
  readonly businessHours?: BusinessHours;
  readonly handoff?: HandoffSettings;
}

const DAY_MS = 86_400_000;

export const handoffSchema = z.strictObject({
  noAgentAfterMs: z.number().int().min(1_000).max(DAY_MS).optional(),
  assignment: z.enum(['manual', 'round-robin']).optional(),
  capacity: z.number().int().min(1).max(100).optional(),
  ticketEmail: z.email().optional(),
  webhook: z
    .strictObject({
      url: z.url({ protocol: /^https?$/, error: 'must be an http(s) URL such as https://help.example.com/hook' }),
      allowPrivateTargets: z.boolean().optional(),
    })
    .optional(),
});

const span = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'must be hours such as "09:00-17:00"')
  .refine((text) => text.slice(0, 5) < text.slice(6), 'must end after it begins; write two days for a night');

export const businessHoursSchema: z.ZodType<BusinessHours, unknown> = z.strictObject({
  timeZone: z.string().refine(isTimeZone, 'must be a time zone such as "Europe/Berlin"'),
  weekly: z.partialRecord(z.enum(WEEKDAYS), z.array(span)).transform((weekly): BusinessHours['weekly'] => weekly),
  holidays: z.array(z.iso.date('must be a day such as "2026-12-25"')).default([]),
});

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** The settings with their defaults, the hours and the keys. */
export interface HandoffConfig {
  readonly noAgentAfterMs: number;
  readonly assignment: 'manual' | 'round-robin';
  readonly capacity: number;
  readonly ticketEmail: string | undefined;
  readonly webhook: WebhookConfig | undefined;
  readonly hours: BusinessHours | undefined;
}

export interface WebhookConfig {
  readonly url: string;
  readonly allowPrivateTargets: boolean;
  /** Every delivery is signed with each, so that a key can be changed while both sides run. */
  readonly secrets: readonly string[];
}

export function handoffOf({ handoff = {}, businessHours }: HandoffFile, secrets: readonly string[]): HandoffConfig {
  const { webhook, ticketEmail, ...settings } = handoff;
  const allowPrivateTargets = webhook?.allowPrivateTargets ?? false;
  return {
    ...DEFAULT_HANDOFF,
    ...settings,
    ticketEmail,
    webhook: webhook === undefined ? undefined : { url: webhook.url, allowPrivateTargets, secrets },
    hours: businessHours,
  };
}

/** What the file asks for and the environment does not allow. */
export function ticketProblems(
  { handoff = {} }: HandoffFile,
  { secrets, hasMail }: { readonly secrets: readonly string[]; readonly hasMail: boolean },
): { readonly field: string; readonly reason: string }[] {
  const problems = secrets
    .filter((secret) => !isWebhookSecret(secret))
    .map(() => ({ field: 'STEPDOWN_WEBHOOK_SECRETS', reason: 'has a key that is not "whsec_" and at least 24 bytes in base64' }));
  if (secrets.length > 2)
    problems.push({ field: 'STEPDOWN_WEBHOOK_SECRETS', reason: 'has more than two keys: the present one and the next' });
  if (handoff.webhook !== undefined && secrets.length === 0) {
    problems.push({ field: 'STEPDOWN_WEBHOOK_SECRETS', reason: 'is missing: handoff.webhook sends signed tickets only' });
  }
  if (handoff.ticketEmail !== undefined && !hasMail) {
    problems.push({ field: 'STEPDOWN_SMTP_URL', reason: 'is missing: handoff.ticketEmail names a mailbox, but no server mails to it' });
  }
  return problems;
}

/** Keys of Standard Webhooks: `whsec_` and at least 24 bytes in base64. */
function isWebhookSecret(text: string): boolean {
  return /^whsec_[A-Za-z0-9+/]{32,}={0,2}$/.test(text);
}
