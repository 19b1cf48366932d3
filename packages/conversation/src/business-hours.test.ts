import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BusinessHours, isWithinHours, nextOpening } from './business-hours.ts';

const berlin: BusinessHours = {
  timeZone: 'Europe/Berlin',
  weekly: { monday: ['09:00-12:00', '13:00-17:00'], tuesday: ['09:00-17:00'], sunday: ['22:00-24:00'] },
  holidays: ['2026-12-29'],
};
const at = (text: string): number => Date.parse(text);
const iso = (moment: number | undefined): string | undefined => (moment === undefined ? undefined : new Date(moment).toISOString());

describe('business hours', () => {
  it.each([
    ['2026-11-23T08:00:00Z', true], // Monday 09:00 in winter
    ['2026-11-23T07:59:59Z', false],
    ['2026-11-23T11:00:00Z', false], // noon
    ['2026-11-23T12:00:00Z', true],
    ['2026-07-06T07:00:00Z', true], // Monday 09:00 in summer
    ['2026-07-06T15:00:00Z', false],
    ['2026-12-29T10:00:00Z', false], // a holiday on a Tuesday
    ['2026-11-22T22:59:59Z', true], // Sunday until midnight
    ['2026-11-22T23:00:00Z', false],
  ])('at %s people answer: %s', (moment, isOpen) => {
    expect(isWithinHours(berlin, at(moment))).toBe(isOpen);
  });

  it.each([
    ['2026-11-23T11:30:00Z', '2026-11-23T12:00:00.000Z'], // the afternoon
    ['2026-11-24T20:00:00Z', '2026-11-29T21:00:00.000Z'], // Tuesday evening: Sunday
    ['2026-12-28T17:00:00Z', '2027-01-03T21:00:00.000Z'], // over the holiday
    ['2026-10-25T10:00:00Z', '2026-10-25T21:00:00.000Z'], // the day that has 25 hours
    ['2026-03-29T00:30:00Z', '2026-03-29T20:00:00.000Z'], // the day that has 23
    ['2026-11-23T08:30:00Z', '2026-11-23T08:30:00.000Z'], // they do already
  ])('after %s they answer at %s', (moment, opening) => {
    expect(iso(nextOpening(berlin, at(moment)))).toBe(opening);
  });

  it('never opens without hours', () => {
    expect(nextOpening({ timeZone: 'UTC', weekly: {} }, at('2026-11-23T08:00:00Z'))).toBeUndefined();
  });

  it('opens at a moment that is within the hours, and at none between', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'Pacific/Kiritimati'),
        fc.integer({ min: at('2026-01-01T00:00:00Z'), max: at('2027-12-31T00:00:00Z') }),
        (timeZone, now) => {
          const hours = { ...berlin, timeZone };
          const opening = nextOpening(hours, now) ?? Number.NaN;
          expect(isWithinHours(hours, opening)).toBe(true);
          if (opening > now) expect(isWithinHours(hours, opening - 1)).toBe(false);
        },
      ),
      { numRuns: 300 },
    );
  });
});
