/**
 * Every number of the ladder in one table. Milliseconds end in `Ms`, ratios in `Ratio` (0–1).
 * Sources: the product's ladder rules (SPEC.md) unless a line says otherwise.
 */
export const DEFAULT_POLICY = {
  // Deadlines of a turn
  connectMs: 3_000,
  headersMs: 6_000,
  /** First visible text, hard. A reader gives up at about 10 s (Nielsen 1993). */
  firstTextMs: 8_000,
  /** Between visible text; pings and comments do not count. */
  textGapMs: 6_000,
  /** Silence allowed inside an open thinking block. */
  thinkingGapMs: 20_000,
  /** All tiers together, while nothing is shown. */
  nothingShownMs: 20_000,
  answerMs: 45_000,
  /** A route is skipped when less than this is left of `nothingShownMs`. */
  minimumAttemptMs: 1_000,

  // Hedge: clamp(p95 of the route, floor, ceiling)
  hedgeFloorMs: 2_000,
  hedgeCeilingMs: 4_000,
  hedgeShareWhileHealthyRatio: 0.05,
  /** Turns the share is taken of; long enough for a site with 2 turns a minute to hedge at all. */
  hedgeShareWindowMs: 600_000,

  // Trickle: slower than a reader, over a window, twice
  trickleCharactersPerSecond: 15,
  trickleWindowMs: 4_000,
  trickleStrikes: 2,

  // Attempts and retries
  attemptsPerTurn: 4,
  /** Short, so that a first question with every provider refusing is answered by the floor in under 200 ms. */
  retryDelayMs: 90,
  retryBudgetRatio: 0.1,
  retryBudgetWindowMs: 60_000,
  retryBudgetFloorMs: 10_000,
  rateLimitWaitMs: 2_000,
  configurationFaultConversations: 3,

  // healthy ↔ degraded
  degradedBreachRatio: 0.1,
  degradedMinimumSamples: 10,
  degradedWindowMs: 300_000,
  slowFirstTextMs: 4_000,
  slowFirstTextFactor: 2.5,
  recoveredBreachRatio: 0.03,
  recoveredForMs: 60_000,
  recoveredMinimumSamples: 5,

  // any → open
  openConsecutiveFailures: 3,
  openConsecutiveFailuresSuspicious: 2,
  openConsecutiveSources: 2,
  openFailureRatio: 0.25,
  openMinimumSamples: 12,
  openWindowMs: 60_000,

  // open → probing → ramping
  probeFirstMs: 5_000,
  probeEarlyMs: 8_000,
  probeEarlyForMs: 120_000,
  probeMiddleMs: 15_000,
  probeMiddleForMs: 600_000,
  probeLateMs: 30_000,
  probeLateForMs: 1_800_000,
  probeRareMs: 60_000,
  probeJitterRatio: 0.2,
  probeTimeoutMs: 8_000,
  /** A probe that reports nothing this long after its limit is lost. */
  probeLostAfterMs: 2_000,
  /** A slow failing probe does not make the next one follow without a pause. */
  probeLeastApartMs: 1_000,
  probeBackgroundMs: 60_000,
  /** Per route. Background probes alone are 1,440 a day on a site without traffic. */
  probesPerDay: 2_000,
  goodProbes: 2,
  goodProbesApartMs: 2_000,
  /** Opens in `flapWindowMs` after which the longer proof is asked. */
  reopenOpens: 2,
  goodProbesAfterReopen: 5,
  goodProbesAfterReopenForMs: 60_000,
  rampStageMs: 20_000,
  flapOpens: 3,
  flapWindowMs: 900_000,
  flapHoldMs: 600_000,

  // Latches and saturation
  credentialRecheckMs: 300_000,
  modelRecheckMs: 900_000,
  saturationShareFactor: 0.8,
  /** Used when a 429 names no time. */
  saturationMs: 10_000,
  saturationCeilingMs: 300_000,
  /** After the block: one step of the share back up, without another 429. As long as a ramp stage. */
  saturationEaseMs: 20_000,
  /** A block this long, or a share this small, moves the global tier; shorter ones only move single turns. */
  saturationVisibleMs: 120_000,
  saturationVisibleShare: 0.5,

  // Faults of our own requests: forgotten, and alerted again, after this long
  requestFaultWindowMs: 3_600_000,

  // Attempts at the same moment on one route; a turn that finds it full goes on to the next
  attemptsAtOncePerRoute: 64,

  // An operator's hold can't outlive a day unseen
  pinCeilingMs: 86_400_000,

  // Own egress
  egressWindowMs: 5_000,

  // Saved answers: how long one is served, and how long the floor waits for the look-up
  savedAnswerKeptMs: 604_800_000,
  savedAnswerLookUpMs: 50,

  // Deferred questions: answered once the global tier has been a model for `deferredRecoveryMs`, so many a minute and at
  // once in each process, so that they don't take the place of people who are here
  deferredRecoveryMs: 10_000,
  deferredPerMinute: 12,
  deferredAtOnce: 2,
  /** Turns spent on one parked question, and the pause between them, before a person gets it. */
  deferredTries: 3,
  deferredRetryMs: 60_000,
  deferredKeptMs: 86_400_000,
  deferredPerConversation: 5,
} as const satisfies Record<string, number>;

export type PolicyKey = keyof typeof DEFAULT_POLICY;
export type Policy = Readonly<Record<PolicyKey, number>>;

/** The defaults with some numbers replaced. Ranges are checked where the config file is read. */
export function withPolicy(overrides: Partial<Policy> = {}): Policy {
  return { ...DEFAULT_POLICY, ...overrides };
}
