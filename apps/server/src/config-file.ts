import type { BusinessHours } from '@stepdown/conversation';
import type { Policy } from '@stepdown/ladder';
import type { HandoffSettings } from './config-handoff.ts';

/** What `stepdown.config.ts` may say. Secrets and addresses stay in the environment. */
export interface StepdownConfig {
  /** Shown in the widget and given to the models. */
  readonly siteName?: string;
  /** What the models should know about the house beyond the FAQ: tone, opening hours, what not to promise. */
  readonly instructions?: string;
  /** Shown to visitors when nothing else works. */
  readonly fallbackEmail?: string;
  /** Ids of FAQ entries whose questions the widget offers before the first word; at most six. Default: four that most shops have. */
  readonly suggestions?: readonly string[];
  /** Locales of the FAQ and the widget, first one is the default. */
  readonly defaultLocale?: string;
  /** Read the providers' status pages for early suspicion. Default true. */
  readonly statusPages?: boolean;
  /** Serve saved answers in front of the models too, not only when they are gone. Default: false. */
  readonly cacheInFront?: boolean;
  /** How fast a visitor may write. Default: 5 at once, then one every 2,000 ms. */
  readonly messagesPerVisitor?: { readonly capacity: number; readonly refillMs: number };
  /** When people answer; without it nothing is said about it. */
  readonly businessHours?: BusinessHours;
  /** How people come in: assignment, capacity, tickets. */
  readonly handoff?: HandoffSettings;
  /** Numbers of the ladder; see docs/ladder.md. Milliseconds end in `Ms`. */
  readonly policy?: Partial<Policy>;
}

/** Types the configuration file; returns it unchanged. */
export function defineConfig(config: StepdownConfig): StepdownConfig {
  return config;
}
