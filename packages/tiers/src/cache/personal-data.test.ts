import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasPersonalData, personalDataIn } from './personal-data.ts';

describe('what may tell who wrote a text', () => {
  it.each([
    ['an e-mail address', 'Please answer to maria.lopez+shop@mail.example.org today'],
    ['an address with letters of its own', 'schreib an jörg@müller.example'],
    ['a phone number', 'call me back on +49 (0)151 2345 6789'],
    ['a local number', 'my number is 0151/234567'],
    ['a card number', 'I paid with 4111 1111 1111 1111 yesterday'],
    ['a card number in one piece', 'card 4111111111111111'],
    ['an account', 'refund to DE89 3704 0044 0532 0130 00 please'],
    ['an account in small letters', 'gb82west12345698765432'],
    ['an order number', 'where is order 1234'],
    ['an order with a sign', 'What about #4711?'],
    ['a code', 'the parcel BK-20391 has not come'],
    ['a tracking code', 'track 1Z999AA10123456784'],
    ['a German order', 'Wo bleibt Bestellung Nr. 877'],
    ['a Spanish order', 'pedido número 12'],
    ['a date of birth', 'I was born on 12/03/1985'],
    ['full-width digits', 'order １２３４５'],
    ['Arabic digits', 'رقم ٠١٢٣٤٥٦٧'],
    ['a name', 'Hello, my name is Ada and I want to return a kettle'],
    ['a name in German', 'Ich heiße Jonas, wann kommt mein Paket?'],
    ['a name in French', 'Bonjour, je m’appelle Luc'],
    ['a name in Japanese', '田中と申します。返品したいです'],
    ['a name without saying so', 'Hello, this is Tracy. Can I cancel?'],
    ['a name at the end', 'When do you open? Kind regards, Tom'],
    ['a street', 'ship it to 12 Baker Street'],
    ['a German street', 'Lieferung in die Lindenstraße 5'],
    ['a postcode', 'do you deliver to SW1A 1AA'],
  ])('[T40] finds %s', (_, text) => {
    expect(hasPersonalData(text)).toBe(true);
  });

  it.each([
    'How long do I have to return something I bought?',
    'Is shipping free above 40 euros?',
    'Can I return it within 30 days or 100 days?',
    'Does the kettle hold 1.7 litres at 230 V?',
    'Kann ich mit 3 Raten zahlen?',
    'Do you accept Visa and PayPal?',
    'Is order tracking included?',
    '注文は何日で届きますか',
  ])('[T40] leaves an ordinary question alone: %s', (text) => {
    expect(personalDataIn(text)).toEqual([]);
  });

  it('[T40] finds an e-mail address, wherever it stands', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), fc.emailAddress(), fc.string({ maxLength: 60 }), (before, email, after) => {
        const piece = email.replaceAll(/[<>()]/g, '');
        fc.pre(/@[^.]+\.[a-z]{2,24}$/i.test(piece));
        expect(hasPersonalData(`${before} ${piece} ${after}`)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('[T40] reads the longest message in less than 50 ms, also one made to be slow', () => {
    for (const text of [
      '1 '.repeat(2_000),
      'a-1'.repeat(1_300),
      'aa11 '.repeat(800),
      `${'a'.repeat(3_999)}@`,
      '@a.'.repeat(1_300),
      '# '.repeat(2_000),
    ]) {
      const startedAt = performance.now();
      hasPersonalData(text);
      expect(performance.now() - startedAt).toBeLessThan(50);
    }
  });
});
