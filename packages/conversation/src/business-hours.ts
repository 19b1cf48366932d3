export const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** When people answer. */
export interface BusinessHours {
  /** IANA name, such as `Europe/Berlin`. */
  readonly timeZone: string;
  /** `09:00-17:00`, as many as a day has; `24:00` ends a day. A day that is missing is closed. */
  readonly weekly: Partial<Readonly<Record<Weekday, readonly string[]>>>;
  /** Closed days, `2026-12-25`. */
  readonly holidays?: readonly string[];
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Longer than any holiday; a house that never opens has no next opening. */
const DAYS_AHEAD = 60;

export function isWithinHours(hours: BusinessHours, now: number): boolean {
  return spansOf(hours, localDay(hours.timeZone, now)).some(({ from, to }) => from <= now && now < to);
}

/** The next moment people start to answer (epoch ms); `now` while they do; undefined if not within 60 days. */
export function nextOpening(hours: BusinessHours, now: number): number | undefined {
  const today = localDay(hours.timeZone, now);
  for (let ahead = 0; ahead <= DAYS_AHEAD; ahead += 1) {
    const span = spansOf(hours, today + ahead * DAY_MS).find(({ to }) => to > now);
    if (span !== undefined) return Math.max(span.from, now);
  }
  return undefined;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** Opening spans of a local day, in order, as moments. `day`: midnight of that date in UTC, the name of the date. */
function spansOf({ timeZone, weekly, holidays = [] }: BusinessHours, day: number): readonly Span[] {
  if (holidays.includes(new Date(day).toISOString().slice(0, 10))) return [];
  const weekday = WEEKDAYS[new Date(day).getUTCDay()];
  const spans = weekday === undefined ? [] : (weekly[weekday] ?? []);
  return spans
    .map((span) => {
      const [from = 0, to = 0] = span.split('-').map(minutesOf);
      return { from: momentOf(timeZone, day + from * MINUTE_MS), to: momentOf(timeZone, day + to * MINUTE_MS) };
    })
    .sort((left, right) => left.from - right.from);
}

function minutesOf(clockTime: string): number {
  const [hour = 0, minute = 0] = clockTime.split(':').map(Number);
  return hour * 60 + minute;
}

function localDay(timeZone: string, now: number): number {
  const local = now + offsetMs(timeZone, now);
  return local - (((local % DAY_MS) + DAY_MS) % DAY_MS);
}

/** The moment at which clocks there show this local time. Asked twice, because the offset may change in between (summer time). */
function momentOf(timeZone: string, local: number): number {
  const guess = local - offsetMs(timeZone, local);
  return local - offsetMs(timeZone, guess);
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Milliseconds that local clocks are ahead of UTC at a moment. */
function offsetMs(timeZone: string, at: number): number {
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat('en-US', { ...FIELDS, timeZone });
  formats.set(timeZone, format);
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return local - Math.floor(at / 1000) * 1000;
}

const FIELDS = {
  hourCycle: 'h23',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
} as const;
