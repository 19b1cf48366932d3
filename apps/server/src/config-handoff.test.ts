import { describe, expect, it } from 'vitest';
import { parseConfig } from './config.ts';

const SECRET = `whsec_${Buffer.from('k'.repeat(24)).toString('base64')}`;
const webhook = { url: 'https://help.example.com/hook' };

function reasons(file: object, environment: Record<string, string> = {}): readonly string[] {
  const parsed = parseConfig(environment, file);
  return parsed.ok ? [] : parsed.problems.map(({ field, reason }) => `${field} ${reason}`);
}

describe('how people come in', () => {
  it('has defaults', () => {
    const parsed = parseConfig({}, {});
    expect(parsed).toMatchObject({
      config: { handoff: { noAgentAfterMs: 120_000, assignment: 'manual', capacity: 5, webhook: undefined } },
    });
  });

  it('takes hours, numbers and a webhook with two keys', () => {
    const file = { businessHours: { timeZone: 'Europe/Berlin', weekly: { monday: ['09:00-24:00'] } }, handoff: { capacity: 2, webhook } };
    const parsed = parseConfig({ STEPDOWN_WEBHOOK_SECRETS: `${SECRET},${SECRET}` }, file);
    expect(parsed).toMatchObject({
      config: { handoff: { capacity: 2, webhook: { ...webhook, allowPrivateTargets: false, secrets: [SECRET, SECRET] } } },
    });
  });

  it.each([
    ['an unknown time zone', { businessHours: { timeZone: 'Mars/Olympus', weekly: {} } }, {}, 'time zone'],
    ['hours that end before they begin', { businessHours: { timeZone: 'UTC', weekly: { monday: ['17:00-09:00'] } } }, {}, 'end after'],
    ['hours that are no hours', { businessHours: { timeZone: 'UTC', weekly: { monday: ['9-17'] } } }, {}, '09:00-17:00'],
    ['a day that does not exist', { businessHours: { timeZone: 'UTC', weekly: {}, holidays: ['2026-02-30'] } }, {}, '2026-12-25'],
    ['a misspelled name', { handoff: { capasity: 3 } }, {}, 'capasity'],
    ['a webhook without a key', { handoff: { webhook } }, {}, 'STEPDOWN_WEBHOOK_SECRETS is missing'],
    ['a key that is too short', {}, { STEPDOWN_WEBHOOK_SECRETS: 'whsec_c2hvcnQ=' }, '24 bytes'],
    ['three keys', {}, { STEPDOWN_WEBHOOK_SECRETS: `${SECRET},${SECRET},${SECRET}` }, 'more than two'],
    ['a mailbox without a mail server', { handoff: { ticketEmail: 'help@shop.example' } }, {}, 'STEPDOWN_SMTP_URL is missing'],
  ])('refuses %s, naming it', (_, file, environment, expected) => {
    expect(reasons(file, environment).join('\n')).toContain(expected);
  });
});
