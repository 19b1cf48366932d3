import type { RouteWindow } from '@stepdown/kernel';
import { type Baseline, createBaseline, type SerializedBaseline } from './baseline.ts';
import { nearestRank } from './histogram.ts';
import { createMinuteBuckets, type MinuteBuckets, type SerializedMinute } from './minute-buckets.ts';

/** The numbers a window is cut with; the ladder's policy has them all. */
export interface WindowPolicy {
  readonly slowFirstTextMs: number;
  /** Times the usual p95 of this hour. */
  readonly slowFirstTextFactor: number;
  /** The short window, which opens a route. */
  readonly openWindowMs: number;
  /** The long window, which degrades one. */
  readonly degradedWindowMs: number;
}

/** What one report says, once the ladder's table has said whether it counts. */
interface Observation {
  readonly sourceId: string;
  readonly isFailure: boolean;
  readonly firstTextMs: number | undefined;
}

interface Moment {
  readonly monotonicMs: number;
  readonly epochMs: number;
}

interface Sample {
  readonly sourceId: string;
  readonly atMs: number;
  isFailure: boolean;
  isBreach: boolean;
  firstTextMs: number | undefined;
}

/** Ages count back from the moment of saving. */
export interface SerializedRecord {
  readonly samples: readonly (readonly [
    ageMs: number,
    sourceId: string,
    isFailure: boolean,
    isBreach: boolean,
    firstTextMs: number | null,
  ])[];
  readonly row: readonly string[];
  readonly rowLength: number;
  readonly lastSuccessAt: number | null;
  readonly baseline: SerializedBaseline;
  readonly minutes: readonly SerializedMinute[];
}

export interface RouteRecord {
  readonly minutes: MinuteBuckets;
  /** An attempt that lost to a faster one after waiting at least this long: slow if that alone is slow, else no evidence. */
  addLost(sourceId: string, waitedMs: number, moment: Moment): void;
  add(observation: Observation, moment: Moment): void;
  window(monotonicMs: number): RouteWindow;
  serialize(monotonicMs: number): SerializedRecord;
  restore(serialized: SerializedRecord, monotonicMs: number): void;
}

const HOUR_MS = 3_600_000;
const KEPT_SAMPLES = 2_000;
/** Percentiles look at the newest of the hour: enough for a stable p95, little enough to sort on every report. */
const PERCENTILE_SAMPLES = 500;
const KEPT_ROW_SOURCES = 64;

/** Recent evidence about one route. A route counts once per turn or probe, with the worst that happened in it. */
export function createRouteRecord(policy: WindowPolicy): RouteRecord {
  const baseline: Baseline = createBaseline();
  const minutes = createMinuteBuckets();
  let samples: Sample[] = [];
  let row: string[] = [];
  let rowLength = 0;
  let lastSuccessAt: number | undefined;

  function slowLimitMs(epochMs: number): number {
    return Math.max(policy.slowFirstTextMs, policy.slowFirstTextFactor * (baseline.p95Ms(epochMs) ?? 0));
  }

  function sampleOf(sourceId: string, moment: Moment): Sample {
    const known = samples.findLast((sample) => sample.sourceId === sourceId);
    if (known !== undefined) return known;
    const sample: Sample = { sourceId, atMs: moment.monotonicMs, isFailure: false, isBreach: false, firstTextMs: undefined };
    samples.push(sample);
    minutes.add({ samples: 1, failures: 0, breaches: 0, firstTextMs: undefined }, moment.epochMs);
    return sample;
  }

  function prune(nowMs: number): void {
    const first = samples.findIndex((sample) => nowMs - sample.atMs < HOUR_MS);
    const tooMany = samples.length - KEPT_SAMPLES;
    const drop = Math.max(first === -1 ? samples.length : first, tooMany);
    if (drop > 0) samples = samples.slice(drop);
  }

  function worsen(sample: Sample, observation: Observation, moment: Moment): void {
    const isSlow = observation.firstTextMs !== undefined && observation.firstTextMs > slowLimitMs(moment.epochMs);
    const isBreach = observation.isFailure || isSlow;
    minutes.add(
      {
        samples: 0,
        failures: observation.isFailure && !sample.isFailure ? 1 : 0,
        breaches: isBreach && !sample.isBreach ? 1 : 0,
        firstTextMs: observation.firstTextMs,
      },
      moment.epochMs,
    );
    sample.isFailure ||= observation.isFailure;
    sample.isBreach ||= isBreach;
    sample.firstTextMs = observation.firstTextMs ?? sample.firstTextMs;
  }

  function noteSlow(sample: Sample, moment: Moment): void {
    if (!sample.isBreach) minutes.add({ samples: 0, failures: 0, breaches: 1, firstTextMs: undefined }, moment.epochMs);
    sample.isBreach = true;
  }

  function countRow(observation: Observation): void {
    if (!observation.isFailure) {
      row = [];
      rowLength = 0;
    } else if (!row.includes(observation.sourceId)) {
      row = [...row.slice(1 - KEPT_ROW_SOURCES), observation.sourceId];
      rowLength += 1;
    }
  }

  return {
    minutes,
    addLost(sourceId, waitedMs, moment) {
      prune(moment.monotonicMs);
      if (waitedMs > slowLimitMs(moment.epochMs)) noteSlow(sampleOf(sourceId, moment), moment);
    },
    add(observation, moment) {
      prune(moment.monotonicMs);
      worsen(sampleOf(observation.sourceId, moment), observation, moment);
      countRow(observation);
      if (!observation.isFailure) lastSuccessAt = moment.epochMs;
      // After the judgement: a slow answer is measured against the past, not against itself.
      if (observation.firstTextMs !== undefined) baseline.add(observation.firstTextMs, moment.epochMs);
    },
    window(monotonicMs) {
      const within = (windowMs: number): Sample[] => samples.filter((sample) => monotonicMs - sample.atMs < windowMs);
      const short = within(policy.openWindowMs);
      const long = within(policy.degradedWindowMs);
      const firstTexts = within(HOUR_MS).flatMap((sample) => sample.firstTextMs ?? []);
      const newest = firstTexts.slice(-PERCENTILE_SAMPLES);
      return {
        consecutiveFailures: rowLength,
        consecutiveSources: rowLength,
        shortSamples: short.length,
        shortFailures: short.filter((sample) => sample.isFailure).length,
        longSamples: long.length,
        longBreaches: long.filter((sample) => sample.isBreach).length,
        shortBreaches: short.filter((sample) => sample.isBreach).length,
        firstTextP50Ms: nearestRank(newest, 0.5),
        firstTextP95Ms: nearestRank(newest, 0.95),
        lastSuccessAt,
      };
    },
    serialize: (monotonicMs) => ({
      samples: samples.map((sample) => [
        monotonicMs - sample.atMs,
        sample.sourceId,
        sample.isFailure,
        sample.isBreach,
        sample.firstTextMs ?? null,
      ]),
      row,
      rowLength,
      lastSuccessAt: lastSuccessAt ?? null,
      baseline: baseline.serialize(),
      minutes: minutes.serialize(),
    }),
    restore(serialized, monotonicMs) {
      samples = serialized.samples.map(([ageMs, sourceId, isFailure, isBreach, firstTextMs]) => ({
        sourceId,
        atMs: monotonicMs - ageMs,
        isFailure,
        isBreach,
        firstTextMs: firstTextMs ?? undefined,
      }));
      row = [...serialized.row];
      rowLength = serialized.rowLength;
      lastSuccessAt = serialized.lastSuccessAt ?? undefined;
      baseline.restore(serialized.baseline);
      minutes.restore(serialized.minutes);
    },
  };
}
