import type { AnswerEvent, AnswerRequest, AttemptOutcome } from '@stepdown/kernel';

export interface Collected {
  readonly events: readonly AnswerEvent[];
  readonly text: string;
  readonly outcome: AttemptOutcome;
  readonly model: string | undefined;
}

/** Reads an attempt to its end and checks the rules that hold for every one: exactly one `end`, last, and no empty delta. */
export async function collect(attempt: AsyncIterable<AnswerEvent>): Promise<Collected> {
  const events: AnswerEvent[] = [];
  for await (const event of attempt) events.push(event);
  const last = events.at(-1);
  if (last?.type !== 'end') throw new Error(`last event is ${last?.type ?? 'missing'}`);
  if (events.filter((event) => event.type === 'end').length !== 1) throw new Error('more than one end');
  if (events.some((event) => event.type === 'delta' && event.text === '')) throw new Error('empty delta');
  const text = events.map((event) => (event.type === 'delta' ? event.text : '')).join('');
  return { events, text, outcome: last.outcome, model: last.model };
}

/** `complete`, `refused`, `output-limit`, or the reason of a failure. */
export function nameOf(outcome: AttemptOutcome): string {
  return outcome.kind === 'failed' ? outcome.failure.reason : outcome.kind;
}

export const REQUEST: AnswerRequest = {
  question: 'How do I reset my password?',
  locale: 'en',
  history: [],
  grounding: [{ id: 'password-reset', question: 'How do I reset my password?', answer: 'Choose "Forgot password" on the sign-in page.' }],
  visitorHash: 'f3a9c2',
};
