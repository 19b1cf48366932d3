import type { BenchFault } from './faults.ts';
import { readable } from './prompt.ts';
import { type ProviderProcess, startProviders } from './providers.ts';
import type { Seen, Subject, SubjectKind } from './subject.ts';

export interface BenchOptions {
  readonly thresholdMs: number;
  readonly capMs: number;
  readonly warmUps: number;
  readonly requests: number;
  readonly texts: HealthyTexts;
}

/** One provider's healthy words, by which a whole answer is known. */
export type HealthyTexts = readonly string[];

export interface Measured {
  readonly subject: string;
  readonly fault: string;
  readonly group: BenchFault['group'];
  readonly requests: number;
  /** Whole answers in the words of one source. */
  readonly complete: number;
  /** Answers of mixed words. */
  readonly glued: number;
  readonly healthyFirstTextMs: number;
  readonly healthyMs: number;
  readonly firstRequestMs: number | undefined;
  readonly medianFirstTextMs: number | undefined;
  readonly medianMs: number | undefined;
  /** Requests that cost a quarter of the threshold or more beyond a healthy one, or never ended. */
  readonly paying: number;
  readonly longestGapMs: number;
  readonly error: string | undefined;
}

/** A pace of a small hosted model on a good day. */
const PACE = { firstTokenMs: 250, tokenGapMs: 15 };

/** Plays one fault to several subjects at once, each with providers of its own. */
export async function measureFault(fault: BenchFault, kinds: readonly SubjectKind[], options: BenchOptions): Promise<readonly Measured[]> {
  const stages = await Promise.all(kinds.map((kind) => openStage(kind, options)));
  try {
    return await Promise.all(stages.map((stage) => playFault(fault, stage, options)));
  } finally {
    await Promise.all(stages.map((stage) => stage.close()));
  }
}

interface Stage {
  readonly name: string;
  readonly providers: ProviderProcess;
  readonly subject: Subject;
  close(): Promise<void>;
}

/** What each provider says to the question of the bench when it is well. */
export async function learnHealthyTexts(kind: SubjectKind, options: BenchOptions): Promise<HealthyTexts> {
  const stage = await openStage(kind, options);
  try {
    const own = await stage.subject.ask();
    await stage.providers.set('claude', { mode: 'overloaded' });
    const fallback = await stage.subject.ask();
    return [readable(own.text), readable(fallback.text)];
  } finally {
    await stage.close();
  }
}

async function openStage(kind: SubjectKind, { thresholdMs, capMs }: BenchOptions): Promise<Stage> {
  const providers = await startProviders(PACE);
  const subject = await kind.start({ urls: providers.urls, thresholdMs, capMs });
  return {
    name: kind.name,
    providers,
    subject,
    async close() {
      await subject.stop();
      providers.stop();
    },
  };
}

async function playFault({ id, group, fault }: BenchFault, stage: Stage, options: BenchOptions): Promise<Measured> {
  const warm: Seen[] = [];
  for (let count = 0; count < options.warmUps; count += 1) warm.push(await stage.subject.ask());
  // The first answers compile the program; they are no measure of health.
  const healthy = warm.slice(1);
  const healthyMs = median(healthy.map(({ completedMs }) => completedMs)) ?? Number.NaN;
  await stage.providers.set('claude', fault);
  const seen: Seen[] = [];
  let hangs = 0;
  const wanted = group === 'trickle' ? 1 : options.requests;
  while (seen.length < wanted && hangs < 2) {
    const one = await stage.subject.ask();
    seen.push(one);
    if (one.completedMs === undefined && one.error?.startsWith('no end')) hangs += 1;
  }
  return {
    subject: stage.name,
    fault: id,
    group,
    requests: seen.length,
    ...judge(seen, options.texts),
    healthyFirstTextMs: median(healthy.map(({ firstTextMs }) => firstTextMs)) ?? Number.NaN,
    healthyMs,
    firstRequestMs: seen[0]?.completedMs,
    medianFirstTextMs: median(seen.map(({ firstTextMs }) => firstTextMs)),
    medianMs: median(seen.map(({ completedMs }) => completedMs)),
    paying: seen.filter(({ completedMs }) => completedMs === undefined || completedMs > healthyMs + options.thresholdMs / 4).length,
    longestGapMs: Math.max(0, ...seen.map(({ longestGapMs }) => longestGapMs)),
    error: seen.find(({ error }) => error !== undefined)?.error,
  };
}

function judge(seen: readonly Seen[], texts: HealthyTexts): Pick<Measured, 'complete' | 'glued'> {
  const isComplete = ({ text, completedMs }: Seen): boolean => completedMs !== undefined && texts.includes(readable(text));
  const isGlued = ({ text }: Seen): boolean =>
    !texts.some((whole) => whole.startsWith(readable(text).slice(0, whole.length)) && readable(text).length <= whole.length);
  return { complete: seen.filter(isComplete).length, glued: seen.filter((each) => !isComplete(each) && isGlued(each)).length };
}

/** Undefined when half or more never came. */
export function median(values: readonly (number | undefined)[]): number | undefined {
  const sorted = values.map((value) => value ?? Number.POSITIVE_INFINITY).sort((left, right) => left - right);
  const middle = sorted[Math.floor((sorted.length - 1) / 2)];
  return middle === undefined || middle === Number.POSITIVE_INFINITY ? undefined : middle;
}
