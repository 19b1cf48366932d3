import { type Policy, withPolicy } from '@stepdown/ladder';
import { z } from 'zod';
import { isAddressOrSubnet } from './access/addresses.ts';
import { isIdentityKey } from './access/identity-token.ts';
import { passwordProblem } from './access/passwords.ts';
import type { StepdownConfig } from './config-file.ts';
import { configFileSchema } from './config-file-schema.ts';
import { type HandoffConfig, handoffOf, ticketProblems } from './config-handoff.ts';
import type { MailConfig } from './mail/smtp-mailer.ts';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '::1']);

/** Entries that most shops have, and nearly everybody asks for. */
const USUAL_QUESTIONS = ['track-order', 'start-return', 'delivery-time', 'contact-support'];

const list = z.string().transform((text) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== ''),
);
const url = z.url({ protocol: /^https?$/, error: 'must be an http(s) URL such as https://api.example.com' });
/** Line breaks of a PEM may be written as `\n`, because many places take variables of one line only. */
const publicKey = z
  .string()
  .transform((text) => text.replaceAll('\\n', '\n'))
  .refine(isIdentityKey, 'must be the PEM of a public P-256 key: "openssl ec -in private.pem -pubout"');
const present = z.string().trim().min(1).optional();

/** Every variable the server reads. Nothing else reads `process.env`. */
const environmentSchema = z.object({
  HOST: z.string().trim().min(1).default('localhost'),
  PORT: z.coerce.number({ error: 'must be a number between 0 and 65535' }).int().min(0).max(65_535).default(3000),
  NODE_ENV: z.string().optional(),
  STEPDOWN_CONFIG: z.string().default('stepdown.config.ts'),
  ANTHROPIC_API_KEY: present,
  OPENAI_API_KEY: present,
  STEPDOWN_OPEN_MODEL_API_KEY: present,
  STEPDOWN_CLAUDE_BASE_URL: url.default('https://api.anthropic.com'),
  STEPDOWN_GPT_BASE_URL: url.default('https://api.openai.com/v1'),
  STEPDOWN_OPEN_MODEL_BASE_URL: url.optional(),
  STEPDOWN_CLAUDE_MODELS: list.default(['claude-opus-5-5', 'claude-haiku-5-5']),
  STEPDOWN_GPT_MODELS: list.default(['gpt-5.5', 'gpt-5.4-mini']),
  STEPDOWN_OPEN_MODELS: list.default([]),
  STEPDOWN_DATA_DIR: z.string().trim().min(1).default('data'),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: 'must be a PostgreSQL URL such as postgres://user:password@host:5432/name' })
    .optional(),
  REDIS_URL: z.url({ protocol: /^rediss?$/, error: 'must be a Redis URL such as redis://host:6379' }).optional(),
  STEPDOWN_ALLOWED_ORIGINS: list.default([]),
  STEPDOWN_PUBLIC_URL: url.optional(),
  STEPDOWN_TRUSTED_PROXIES: list.default([]),
  STEPDOWN_IDENTITY_SECRET: z.string().min(32, 'must have at least 32 characters; make one with "openssl rand -hex 32"').optional(),
  STEPDOWN_IDENTITY_PUBLIC_KEY: publicKey.optional(),
  STEPDOWN_FAQ_DIR: z.string().trim().min(1).default('faq-data'),
  STEPDOWN_ADMIN_EMAIL: z.email('must be an e-mail address').optional(),
  STEPDOWN_ADMIN_PASSWORD: z.string().min(12, 'must have at least 12 characters').optional(),
  STEPDOWN_SMTP_URL: z
    .url({ protocol: /^smtps?$/, error: 'must be a mail server such as smtps://user:password@mail.example.com' })
    .optional(),
  STEPDOWN_MAIL_FROM: present,
  STEPDOWN_WEBHOOK_SECRETS: list.default([]),
  STEPDOWN_SIMULATE: z.enum(['auto', 'off'], 'must be "auto" or "off"').default('auto'),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], 'must be one of trace, debug, info, warn, error, fatal, silent')
    .default('info'),
});
type Environment = z.infer<typeof environmentSchema>;

export interface ProviderConfig {
  readonly apiKey: string | undefined;
  readonly baseUrl: string | undefined;
  readonly models: readonly string[];
}

export interface ServerConfig {
  readonly host: string;
  readonly port: number;
  readonly isProduction: boolean;
  readonly isLoopback: boolean;
  /** No provider is configured and this is a developer's machine: the bundled simulator answers, and says so. */
  readonly isSimulated: boolean;
  readonly claude: ProviderConfig;
  readonly gpt: ProviderConfig;
  readonly openModel: ProviderConfig;
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
  readonly allowedOrigins: readonly string[];
  readonly publicUrl: string | undefined;
  /** Addresses and subnets whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: readonly string[];
  readonly identitySecret: string | undefined;
  /** PEM of a P-256 key: identities are then signed with ES256 by a key that this server does not have. */
  readonly identityPublicKey: string | undefined;
  readonly faqDir: string;
  readonly admin: { readonly email: string; readonly password: string } | undefined;
  readonly logLevel: Environment['LOG_LEVEL'];
  readonly siteName: string;
  readonly instructions: string | undefined;
  readonly fallbackEmail: string | undefined;
  /** Ids of FAQ entries. */
  readonly suggestions: readonly string[];
  readonly defaultLocale: string;
  /** Raises suspicion only; off = the pages are never asked. */
  readonly readsStatusPages: boolean;
  readonly policy: Policy;
  /** Saved answers go in front of the models, not only in front of the FAQ. */
  readonly cacheInFront: boolean;
  /** How fast a visitor may write; undefined: as fast as people type. */
  readonly messagesPerVisitor: { readonly capacity: number; readonly refillMs: number } | undefined;
  /** Undefined: nothing is mailed. */
  readonly mail: MailConfig | undefined;
  readonly handoff: HandoffConfig;
}

export interface ConfigProblem {
  readonly field: string;
  readonly reason: string;
}

export type ConfigResult =
  | { readonly ok: true; readonly config: ServerConfig }
  | { readonly ok: false; readonly problems: readonly ConfigProblem[] };

/** Parses environment and config file together, so that every mistake is named at once. */
export function parseConfig(environment: Readonly<Record<string, string | undefined>>, file: unknown): ConfigResult {
  const filled = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = environmentSchema.safeParse(filled);
  const parsedFile = configFileSchema.safeParse(file);
  const problems = [
    ...(parsed.success ? crossChecks(parsed.data) : issuesOf(parsed.error, filled)),
    ...(parsedFile.success ? [] : issuesOf(parsedFile.error, undefined, 'stepdown.config.ts: ')),
    ...(parsed.success && parsedFile.success ? handoffProblems(parsed.data, parsedFile.data) : []),
  ];
  if (!parsed.success || !parsedFile.success || problems.length > 0) return { ok: false, problems };
  return { ok: true, config: toConfig(parsed.data, parsedFile.data) };
}

function issuesOf(error: z.ZodError, values: Record<string, unknown> | undefined, prefix = ''): ConfigProblem[] {
  return error.issues.map((issue) => {
    const field = issue.path.join('.');
    const value = values?.[field];
    const isSecret = /KEY|SECRET|PASSWORD|URL/.test(field);
    const shown = typeof value === 'string' && !isSecret ? ` (it is "${value.slice(0, 80)}")` : '';
    return { field: `${prefix}${field === '' ? 'the file' : field}`, reason: `${issue.message}${shown}` };
  });
}

function crossChecks(environment: Environment): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  if ((environment.STEPDOWN_ADMIN_EMAIL === undefined) !== (environment.STEPDOWN_ADMIN_PASSWORD === undefined)) {
    problems.push({ field: 'STEPDOWN_ADMIN_EMAIL', reason: 'goes together with STEPDOWN_ADMIN_PASSWORD: set both or neither' });
  }
  if ((environment.STEPDOWN_SMTP_URL === undefined) !== (environment.STEPDOWN_MAIL_FROM === undefined)) {
    problems.push({ field: 'STEPDOWN_SMTP_URL', reason: 'goes together with STEPDOWN_MAIL_FROM: set both or neither' });
  }
  if (environment.STEPDOWN_OPEN_MODELS.length > 0 && environment.STEPDOWN_OPEN_MODEL_BASE_URL === undefined) {
    problems.push({ field: 'STEPDOWN_OPEN_MODEL_BASE_URL', reason: 'is missing: STEPDOWN_OPEN_MODELS names models, but no server to ask' });
  }
  if (environment.STEPDOWN_OPEN_MODEL_BASE_URL !== undefined && environment.STEPDOWN_OPEN_MODELS.length === 0) {
    problems.push({
      field: 'STEPDOWN_OPEN_MODELS',
      reason: 'is missing: name the models of STEPDOWN_OPEN_MODEL_BASE_URL, separated by commas',
    });
  }
  for (const origin of environment.STEPDOWN_ALLOWED_ORIGINS) {
    if (!isOrigin(origin))
      problems.push({
        field: 'STEPDOWN_ALLOWED_ORIGINS',
        reason: `"${origin}" is not an origin; write https://shop.example.com, without a path`,
      });
  }
  return [...problems, ...proxyProblems(environment), ...passwordProblems(environment)];
}

function proxyProblems({ STEPDOWN_TRUSTED_PROXIES: proxies }: Environment): ConfigProblem[] {
  const wrong = proxies.filter((proxy) => !isAddressOrSubnet(proxy));
  return wrong.map((proxy) => ({
    field: 'STEPDOWN_TRUSTED_PROXIES',
    reason: `"${proxy}" is not an address or subnet; write 127.0.0.1 or 10.0.0.0/8`,
  }));
}

/** The first admin's password meets the rules of every other one (D45). */
function passwordProblems(environment: Environment): ConfigProblem[] {
  const admin = adminOf(environment);
  const problem = admin === undefined ? undefined : passwordProblem(admin.password, admin.email);
  return problem === undefined ? [] : [{ field: 'STEPDOWN_ADMIN_PASSWORD', reason: `is refused: ${problem}` }];
}

function handoffProblems(environment: Environment, file: StepdownConfig): ConfigProblem[] {
  return ticketProblems(file, { secrets: environment.STEPDOWN_WEBHOOK_SECRETS, hasMail: environment.STEPDOWN_SMTP_URL !== undefined });
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text;
}

function toConfig(environment: Environment, file: StepdownConfig): ServerConfig {
  const isProduction = environment.NODE_ENV === 'production';
  const isLoopback = LOOPBACK.has(environment.HOST);
  const hasProvider =
    environment.ANTHROPIC_API_KEY !== undefined ||
    environment.OPENAI_API_KEY !== undefined ||
    environment.STEPDOWN_OPEN_MODEL_BASE_URL !== undefined;
  return {
    host: environment.HOST,
    port: environment.PORT,
    isProduction,
    isLoopback,
    isSimulated: !hasProvider && !isProduction && isLoopback && environment.STEPDOWN_SIMULATE === 'auto',
    claude: {
      apiKey: environment.ANTHROPIC_API_KEY,
      baseUrl: environment.STEPDOWN_CLAUDE_BASE_URL,
      models: environment.STEPDOWN_CLAUDE_MODELS,
    },
    gpt: { apiKey: environment.OPENAI_API_KEY, baseUrl: environment.STEPDOWN_GPT_BASE_URL, models: environment.STEPDOWN_GPT_MODELS },
    openModel: {
      apiKey: environment.STEPDOWN_OPEN_MODEL_API_KEY,
      baseUrl: environment.STEPDOWN_OPEN_MODEL_BASE_URL,
      models: environment.STEPDOWN_OPEN_MODELS,
    },
    dataDir: environment.STEPDOWN_DATA_DIR,
    databaseUrl: environment.DATABASE_URL,
    allowedOrigins: environment.STEPDOWN_ALLOWED_ORIGINS,
    publicUrl: environment.STEPDOWN_PUBLIC_URL,
    trustedProxies: environment.STEPDOWN_TRUSTED_PROXIES,
    identityPublicKey: environment.STEPDOWN_IDENTITY_PUBLIC_KEY,
    identitySecret: environment.STEPDOWN_IDENTITY_SECRET,
    faqDir: environment.STEPDOWN_FAQ_DIR,
    admin: adminOf(environment),
    logLevel: environment.LOG_LEVEL,
    siteName: file.siteName ?? 'Support',
    instructions: file.instructions,
    fallbackEmail: file.fallbackEmail,
    suggestions: file.suggestions ?? USUAL_QUESTIONS,
    defaultLocale: file.defaultLocale ?? 'en',
    readsStatusPages: file.statusPages ?? true,
    policy: withPolicy(file.policy),
    cacheInFront: file.cacheInFront ?? false,
    messagesPerVisitor: file.messagesPerVisitor,
    mail: mailOf(environment),
    handoff: handoffOf(file, environment.STEPDOWN_WEBHOOK_SECRETS),
  };
}

function mailOf({ STEPDOWN_SMTP_URL: smtpUrl, STEPDOWN_MAIL_FROM: from }: Environment): MailConfig | undefined {
  return smtpUrl === undefined || from === undefined ? undefined : { smtpUrl, from };
}

function adminOf(environment: Environment): ServerConfig['admin'] {
  const { STEPDOWN_ADMIN_EMAIL: email, STEPDOWN_ADMIN_PASSWORD: password } = environment;
  return email === undefined || password === undefined ? undefined : { email, password };
}
