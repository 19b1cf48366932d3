import { nearestRank } from './histogram.ts';

const MINUTE_MS = 60_000;
const KEPT_MINUTES = 1_440;
const FIRST_TEXTS_PER_MINUTE = 60;

/** One minute of one route, for the sparkline of the console. */
export interface MinuteBucket {
  /** Start of the minute, epoch ms. */
  readonly at: number;
  readonly samples: number;
  readonly failures: number;
  readonly breaches: number;
  readonly firstTextP50Ms: number | undefined;
  readonly firstTextP95Ms: number | undefined;
}

/** What one sample adds to its minute; negative numbers never occur, a sample only gets worse. */
interface MinuteChange {
  readonly samples: number;
  readonly failures: number;
  readonly breaches: number;
  readonly firstTextMs: number | undefined;
}

interface OpenMinute {
  samples: number;
  failures: number;
  breaches: number;
  readonly firstTextsMs: number[];
}

export type SerializedMinute = readonly [
  minute: number,
  samples: number,
  failures: number,
  breaches: number,
  firstTextsMs: readonly number[],
];

export interface MinuteBuckets {
  add(change: MinuteChange, nowEpochMs: number): void;
  /** The last `minutes` minutes (1–1,440), oldest first, the running one last; empty minutes are zeros. */
  last(minutes: number, nowEpochMs: number): readonly MinuteBucket[];
  serialize(): readonly SerializedMinute[];
  restore(serialized: readonly SerializedMinute[]): void;
}

/** History per minute over one day. */
export function createMinuteBuckets(): MinuteBuckets {
  const minutes = new Map<number, OpenMinute>();

  function open(minute: number): OpenMinute {
    const known = minutes.get(minute);
    if (known !== undefined) return known;
    const created: OpenMinute = { samples: 0, failures: 0, breaches: 0, firstTextsMs: [] };
    minutes.set(minute, created);
    for (const old of minutes.keys()) {
      if (old <= minute - KEPT_MINUTES) minutes.delete(old);
    }
    return created;
  }

  return {
    add(change, nowEpochMs) {
      const minute = open(Math.floor(nowEpochMs / MINUTE_MS));
      minute.samples += change.samples;
      minute.failures += change.failures;
      minute.breaches += change.breaches;
      const hasRoom = minute.firstTextsMs.length < FIRST_TEXTS_PER_MINUTE;
      if (change.firstTextMs !== undefined && hasRoom) minute.firstTextsMs.push(change.firstTextMs);
    },
    last(count, nowEpochMs) {
      const current = Math.floor(nowEpochMs / MINUTE_MS);
      const length = Math.min(Math.max(1, Math.floor(count)), KEPT_MINUTES);
      return Array.from({ length }, (_, index) => {
        const number = current - length + 1 + index;
        const minute = minutes.get(number);
        const { samples, failures, breaches, firstTextsMs } = minute ?? { samples: 0, failures: 0, breaches: 0, firstTextsMs: [] };
        return {
          at: number * MINUTE_MS,
          samples,
          failures,
          breaches,
          firstTextP50Ms: nearestRank(firstTextsMs, 0.5),
          firstTextP95Ms: nearestRank(firstTextsMs, 0.95),
        };
      });
    },
    serialize: () =>
      [...minutes].map(([number, minute]) => [number, minute.samples, minute.failures, minute.breaches, minute.firstTextsMs] as const),
    restore(serialized) {
      for (const [number, samples, failures, breaches, firstTextsMs] of serialized) {
        minutes.set(number, { samples, failures, breaches, firstTextsMs: [...firstTextsMs] });
      }
    },
  };
}
