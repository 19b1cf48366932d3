import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFaqMatcher } from './matcher.ts';
import { entry, SHOP } from './testing/shop.ts';

const shop = createFaqMatcher(SHOP);
const idOf = (question: string): string | undefined => shop.match(question)?.entry.id;

describe('match', () => {
  it.each([
    ['i want to return this item', 'returns'],
    ['wheres my parcel', 'tracking'],
    ['hwo can i cancle my ordr', 'cancel-order'],
    ['OPENING HOURS??', 'stores'],
    ['refund time', 'refund-time'],
  ])('[F1] answers "%s" with %s', (question, id) => {
    expect(idOf(question)).toBe(id);
  });

  it.each(['asdf qwer zxcv', 'what is the capital of france', '', '   ', '😀😀', '???', 'hello there'])(
    '[F2] abstains on "%s"',
    (question) => {
      expect(shop.match(question)).toBeNull();
    },
  );

  it('[F1] gives an exact phrasing a score near one, and every score between 0 and 1', () => {
    expect(shop.match('Where is my parcel?')?.score).toBeGreaterThan(0.9);
    for (const { score } of shop.rank('where is my return refund', 9)) expect(score).toBeGreaterThanOrEqual(0);
    for (const { score } of shop.rank('where is my return refund', 9)) expect(score).toBeLessThanOrEqual(1);
  });

  it('[F3] says why: phrasing, shared words, corrections', () => {
    const why = shop.match('wehre is my parcle')?.why;
    expect(why).toMatchObject({ phrasing: 'Where is my parcel?', origin: 'editor', isOpposite: false });
    expect(why?.corrections).toEqual([
      { from: 'wehre', to: 'where' },
      { from: 'parcle', to: 'parcel' },
    ]);
    expect(why?.matchedWords).toEqual(['where', 'is', 'my', 'parcel']);
  });

  it('[F10] never throws and always gives the same, whatever the text', () => {
    const again = createFaqMatcher(SHOP);
    const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.string({ unit: 'grapheme', maxLength: 300 }));
    fc.assert(
      fc.property(text, fc.constantFrom('en', 'de-AT', 'ja', 'ar', '', 'x-y_z'), (question, locale) => {
        expect(again.rank(question, 3, { locale })).toEqual(shop.rank(question, 3, { locale }));
      }),
      { numRuns: 200 },
    );
  });

  it('[F10] does not depend on the order of the entries', () => {
    const turned = createFaqMatcher([...SHOP].reverse());
    for (const question of ['where is my parcel', 'cancel', 'return without receipt']) {
      expect(turned.rank(question, 3).map(({ entry: found }) => found.id)).toEqual(
        shop.rank(question, 3).map(({ entry: found }) => found.id),
      );
    }
  });

  it('[F11] reads the start of an endless message only', () => {
    const long = 'where is my parcel '.repeat(2_000);
    expect(shop.rank(long, 1)[0]?.entry.id).toBe('tracking');
    expect(shop.rank(`${long}x`, 1)).toEqual(shop.rank(long, 1));
  });

  it('[F2] has nothing to say without entries', () => {
    expect(createFaqMatcher([]).match('where is my parcel')).toBeNull();
    expect(createFaqMatcher([]).rank('where is my parcel', 3)).toEqual([]);
  });
});

describe('polarity', () => {
  it.each([
    ['how can i turn on two step login', 'two-step-on'],
    ['how can i turn off two step login', 'two-step-off'],
    ['disable two-step login', 'two-step-off'],
    ['can i return it without the receipt', 'without-receipt'],
    ['can i return it with the receipt', 'with-receipt'],
  ])('[F6] keeps opposites apart: "%s" is %s', (question, id) => {
    expect(shop.rank(question, 1)[0]?.entry.id).toBe(id);
  });

  it('[F6] never serves the opposite, however alike', () => {
    const onlyOn = createFaqMatcher(SHOP.filter(({ id }) => id !== 'two-step-off'));
    expect(onlyOn.match('How do I turn off two-step login?')).toBeNull();
    expect(onlyOn.decide('How do I turn off two-step login?').kind).not.toBe('answer');
    const onlyCancel = createFaqMatcher([entry('cancel', 'How do I cancel my order?')]);
    expect(onlyCancel.match('how do i not cancel my order')).toBeNull();
  });
});

describe('locales', () => {
  const german = entry('returns', 'Wie sende ich etwas zurück?', ['Rücksendung', 'Artikel zurückgeben'], 'de');
  const both = createFaqMatcher([...SHOP, german]);

  it('[F8] answers in the asked language', () => {
    expect(both.match('ruecksendung artikel zurückgeben', { locale: 'de' })).toMatchObject({
      entry: { locale: 'de' },
      isLocaleFallback: false,
    });
  });

  it('[F8] falls back to the base language and says so', () => {
    expect(both.match('Rücksendung', { locale: 'de-AT' })).toMatchObject({ entry: { locale: 'de' }, isLocaleFallback: true });
  });

  it('[F8] falls back to English and says so', () => {
    expect(both.match('where is my parcel', { locale: 'fr' })).toMatchObject({ entry: { id: 'tracking' }, isLocaleFallback: true });
  });

  it('[F8] takes no English answer for a question that only shares a word with English', () => {
    const mixed = createFaqMatcher([...SHOP, entry('size', 'Welche Größe brauche ich?', ['Größentabelle'], 'de')]);
    const asked = 'Kann ich das Parcel bitte morgen Abend haben?';
    expect(mixed.rank(asked, 1)[0]?.entry).toMatchObject({ id: 'tracking', locale: 'en' });
    expect(mixed.rank(`${asked} Größe`, 1, { locale: 'de' })[0]?.entry).toMatchObject({ id: 'size', locale: 'de' });
  });

  it('[F9] matches Japanese, Chinese and Arabic', () => {
    const matcher = createFaqMatcher([
      entry('returns', '商品を返品するにはどうすればいいですか', ['返品したい'], 'ja'),
      entry('stores', '店舗の営業時間は何時ですか', ['何時まで開いていますか'], 'ja'),
      entry('returns', '如何退货？', ['我想退货'], 'zh'),
      entry('stores', '门店几点开门？', ['营业时间'], 'zh'),
      entry('returns', 'كيف يمكنني إرجاع المنتج؟', ['أريد إرجاع الطلب'], 'ar'),
      entry('stores', 'ما هي ساعات عمل المتجر؟', ['متى يفتح المتجر'], 'ar'),
    ]);
    expect(matcher.rank('この商品を返品したいです', 1, { locale: 'ja' })[0]?.entry).toMatchObject({ id: 'returns', locale: 'ja' });
    expect(matcher.rank('退货怎么办', 1, { locale: 'zh' })[0]?.entry).toMatchObject({ id: 'returns', locale: 'zh' });
    expect(matcher.rank('ارجاع منتج', 1, { locale: 'ar' })[0]?.entry).toMatchObject({ id: 'returns', locale: 'ar' });
  });
});

describe('confirmed questions', () => {
  it('[F12] make a question known that shares no word with the entry', () => {
    const question = 'the postman is dawdling again';
    expect(shop.match(question)).toBeNull();
    const taught = createFaqMatcher(SHOP, {
      confirmed: [
        { question, entryId: 'tracking' },
        { question: 'x', entryId: 'gone' },
      ],
    });
    expect(taught.match(question)).toMatchObject({ entry: { id: 'tracking' }, why: { origin: 'confirmed' } });
  });

  it('[F12] pull less than the words of the editor', () => {
    const question = 'the postman is dawdling again';
    const scoreAt = (weight: number): number =>
      createFaqMatcher(SHOP, { confirmed: [{ question, entryId: 'tracking', weight }] }).rank(question, 1)[0]?.score ?? 0;
    expect(scoreAt(0.2)).toBeLessThan(scoreAt(1));
  });
});

describe('ids', () => {
  it('[F12] are read only when asked for', () => {
    const entries = [entry('courier-whereabouts', 'Has it left yet?'), entry('stores', 'When do you open?')];
    expect(createFaqMatcher(entries).match('courier whereabouts')).toBeNull();
    expect(createFaqMatcher(entries, { readIds: true }).rank('courier whereabouts', 1)[0]).toMatchObject({
      entry: { id: 'courier-whereabouts' },
      why: { origin: 'id' },
    });
  });
});
