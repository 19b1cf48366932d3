import type { FaqReadiness, FaqReadinessDay } from '@stepdown/protocol';
import type { FaqReadingDay } from '@stepdown/store';

const DAY_MS = 86_400_000;
const NOTHING: Omit<FaqReadinessDay, 'day'> = {
  questions: 0,
  answered: 0,
  offered: 0,
  askedBack: 0,
  abstained: 0,
  whenDown: 0,
  comparable: 0,
  agreed: 0,
};

/** Days since 1970 of the first of the last `days` days, today included. */
export function firstDay(now: number, days: number): number {
  return Math.floor(now / DAY_MS) - days + 1;
}

/** How far the FAQ could stand in for the models, day by day and in one sentence. */
export function readinessOf(counted: readonly FaqReadingDay[], days: number, confirmedPhrasings: number): FaqReadiness {
  const totals = counted.reduce((sum, day) => addUp(sum, day), NOTHING);
  const answeredShare = share(totals.answered, totals.questions);
  return {
    days,
    totals,
    answeredShare,
    agreementShare: share(totals.agreed, totals.comparable),
    summary: summaryOf(totals.questions, answeredShare, days),
    daily: counted.map(({ day, ...counts }) => ({ day: new Date(day * DAY_MS).toISOString().slice(0, 10), ...counts })),
    confirmedPhrasings,
  };
}

function addUp(sum: Omit<FaqReadinessDay, 'day'>, day: FaqReadingDay): Omit<FaqReadinessDay, 'day'> {
  return {
    questions: sum.questions + day.questions,
    answered: sum.answered + day.answered,
    offered: sum.offered + day.offered,
    askedBack: sum.askedBack + day.askedBack,
    abstained: sum.abstained + day.abstained,
    whenDown: sum.whenDown + day.whenDown,
    comparable: sum.comparable + day.comparable,
    agreed: sum.agreed + day.agreed,
  };
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

function summaryOf(questions: number, answeredShare: number | null, days: number): string {
  if (answeredShare === null) return `No questions in the last ${days} days yet.`;
  return `The FAQ alone would have answered ${Math.round(answeredShare * 100)} % of the ${questions} questions of the last ${days} days.`;
}
