import { describe, expect, it } from 'vitest';
import { createFaqMatcher } from './matcher.ts';
import { SHOP } from './testing/shop.ts';

const shop = createFaqMatcher(SHOP);

describe('decide', () => {
  it('[F7] answers when it is sure', () => {
    expect(shop.decide('where is my parcel please')).toMatchObject({ kind: 'answer', match: { entry: { id: 'tracking' } } });
  });

  it('[F7] serves exactly at the threshold and offers just below it', () => {
    const score = shop.rank('my parcel', 1)[0]?.score ?? 0;
    const at = (answerAt: number) => createFaqMatcher(SHOP, { thresholds: { answerAt, offerAt: 0.01 } }).decide('my parcel').kind;
    expect(at(score)).toBe('answer');
    expect(at(score + 1e-9)).toBe('choices');
  });

  it('[F7] offers at the lower threshold and abstains just below it', () => {
    const score = shop.rank('my parcel', 1)[0]?.score ?? 0;
    const at = (offerAt: number) => createFaqMatcher(SHOP, { thresholds: { answerAt: 1, offerAt } }).decide('my parcel').kind;
    expect(at(score)).toBe('choices');
    expect(at(score + 1e-9)).toBe('abstain');
  });

  it('[F7] offers at most three', () => {
    const decision = createFaqMatcher(SHOP, { thresholds: { answerAt: 1, offerAt: 0 } }).decide('return something');
    expect(decision.kind === 'choices' ? decision.matches.length : 0).toBe(3);
  });

  it('[F2] names why it abstains', () => {
    expect(shop.decide('  ?! ')).toEqual({ kind: 'abstain', reason: 'nothing-asked', nearest: [] });
    expect(shop.decide('quantum gravity lecture')).toMatchObject({ kind: 'abstain', reason: 'nothing-close' });
    expect(createFaqMatcher([]).decide('where is my parcel')).toEqual({ kind: 'abstain', reason: 'no-entries', nearest: [] });
  });

  it.each([
    ['and for the other one?', 'en'],
    ['what about that?', 'en'],
    ['und das andere?', 'de'],
    ['et pour l’autre ?', 'fr'],
    ['¿y la otra?', 'es'],
  ])('[F13] asks back on "%s"', (question, locale) => {
    expect(shop.decide(question, { locale }).kind).toBe('ask-back');
  });

  it.each(['and where is my parcel?', 'what about my refund', 'so how do I cancel it'])(
    '[F13] does not ask back on "%s", which carries its subject',
    (question) => {
      expect(shop.decide(question).kind).not.toBe('ask-back');
    },
  );

  it('[F13] points to where the previous question led, and serves none of it', () => {
    const decision = shop.decide('and for the other one?', { previousQuestion: 'where is my parcel' });
    expect(decision.kind === 'ask-back' ? decision.nearest[0]?.entry.id : undefined).toBe('tracking');
  });
});
