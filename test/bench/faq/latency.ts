import type { BenchEngine } from './engines.ts';
import { quantile } from './metrics.ts';
import type { QuestionSet } from './question-set.ts';

export interface Latency {
  readonly entries: number;
  readonly buildMs: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Median of a 4,000-character message. */
  readonly longMessageMs: number;
}

const LONG_MESSAGE_CHARACTERS = 4_000;
const PHRASINGS_PER_ENTRY = 6;
const MOST_REPETITIONS = 300;
const BUDGET_MS = 2_000;

type Faq = QuestionSet['faqs'][number];

/** Time of one engine over synthetic FAQs, crossed from halves of real sentences, so that word frequencies stay natural. */
export function measureLatency(create: (faqs: readonly Faq[]) => BenchEngine, sets: readonly QuestionSet[], size: number): Latency {
  const texts = sets.flatMap((set) => [
    ...set.faqs.flatMap((faq) => [faq.question, ...faq.variants]),
    ...set.queries.map(({ text }) => text),
  ]);
  const random = seeded(size);
  const faqs = Array.from({ length: size }, (_, id) => synthetic(id, texts, random));
  const startedAt = performance.now();
  const engine = create(faqs);
  const buildMs = performance.now() - startedAt;
  const questions = sets.flatMap((set) => set.queries.map(({ text }) => text));
  for (let warm = 0; warm < 10; warm++) engine.search(questions[(warm * 7) % questions.length] ?? '', 3);
  const times = repeat(MOST_REPETITIONS, (turn) => engine.search(questions[(turn * 37 + 5) % questions.length] ?? '', 3));
  const long = repeat(5, (turn) => engine.search(longMessage(texts, turn), 3));
  return { entries: size, buildMs, p50Ms: quantile(times, 0.5), p99Ms: quantile(times, 0.99), longMessageMs: quantile(long, 0.5) };
}

/** Times of up to `most` runs (ms), fewer when they would take longer than the budget: Fuse.js needs seconds for a long message. */
function repeat(most: number, work: (turn: number) => unknown): number[] {
  const startedAt = performance.now();
  const times: number[] = [];
  for (let turn = 0; turn < most && performance.now() - startedAt < BUDGET_MS; turn++) {
    const before = performance.now();
    work(turn);
    times.push(performance.now() - before);
  }
  return times;
}

function synthetic(id: number, texts: readonly string[], random: () => number): Faq {
  const pick = (): string[] => (texts[Math.floor(random() * texts.length)] ?? '').split(' ');
  const cross = (): string => {
    const [first, second] = [pick(), pick()];
    return [...first.slice(0, Math.ceil(first.length / 2)), ...second.slice(Math.floor(second.length / 2))].join(' ');
  };
  return { id: `f${id}`, question: cross(), variants: Array.from({ length: PHRASINGS_PER_ENTRY - 1 }, cross), answer: 'a', lang: 'en' };
}

function longMessage(texts: readonly string[], turn: number): string {
  let message = '';
  for (let position = turn * 11; message.length < LONG_MESSAGE_CHARACTERS; position++)
    message += `${texts[position % texts.length] ?? 'x'}. `;
  return message.slice(0, LONG_MESSAGE_CHARACTERS);
}

/** Same numbers in every run (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
