export interface SnoozeTime {
  readonly label: string;
  /** Epoch ms. */
  readonly until: number;
}

const HOUR_MS = 3_600_000;
/** When people begin to work. */
const MORNING = 9;

/** Moments to come back, nearest first: hours from now, and mornings in the agent's own time zone. */
export function snoozeTimes(now: number): readonly SnoozeTime[] {
  const tomorrow = morning(now, 1);
  const monday = morning(now, daysToMonday(now));
  const times = [
    { label: 'In 1 hour', until: now + HOUR_MS },
    { label: 'In 3 hours', until: now + 3 * HOUR_MS },
    { label: 'Tomorrow morning', until: tomorrow },
    { label: 'Monday morning', until: monday },
    { label: 'In a week', until: morning(now, 7) },
  ];
  // On a Sunday tomorrow is Monday, on a Monday so is the day in a week.
  return times.filter(({ until }, index) => times.findIndex((other) => other.until === until) === index);
}

function morning(now: number, daysAhead: number): number {
  const day = new Date(now);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + daysAhead, MORNING).getTime();
}

function daysToMonday(now: number): number {
  return (8 - new Date(now).getDay()) % 7 || 7;
}
