import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAnswerFilter } from './answer-text.ts';

const IDS = ['returns-window', 'shipping', 'a1'];
const CANARY = 'blue-heron-7731';

function filtered(pieces: readonly string[], canary?: string) {
  const filter = createAnswerFilter(IDS, canary === undefined ? {} : { canary });
  const shown = pieces.map((piece) => filter.push(piece));
  const end = filter.end();
  return { text: shown.join('') + end.text, sourceIds: end.sourceIds, hasLeaked: end.hasLeaked, shown };
}

/** Text that comes near a sources line in many ways. */
const answerText = fc
  .array(
    fc.constantFrom(
      'Return it within 30 days.',
      ' ',
      '\n',
      '\n\n',
      'So',
      'Source',
      'Sources',
      'sources:',
      '**Sources:**',
      'Sources: ',
      'Quellen: ',
      '[returns-window]',
      '[unknown]',
      '[',
      ']',
      ', ',
      'none',
      'no',
      'shipping',
      'ship',
      '.',
      '送料無料。',
      '👋🏽',
      'blue-',
      'heron-7731',
      'BLUE-HERON-7731',
      'blueblue-heron-7731-heron-7731',
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

const cutText = answerText.chain((text) =>
  fc.array(fc.nat({ max: Math.max(text.length, 1) }), { maxLength: 8 }).map((cuts) => {
    const places = [0, ...cuts.filter((cut) => cut < text.length).sort((left, right) => left - right), text.length];
    return { text, pieces: places.slice(1).map((place, index) => text.slice(places[index], place)) };
  }),
);

describe('answer filter', () => {
  it('[T33] [T35] shows the same text however the answer is cut', () => {
    fc.assert(
      fc.property(cutText, ({ text, pieces }) => {
        const { shown: _whole, ...whole } = filtered([text], CANARY);
        const { shown: _pieces, ...cut } = filtered(pieces, CANARY);
        const { shown: _letters, ...letters } = filtered([...text.split('')], CANARY);
        expect(cut).toEqual(whole);
        expect(letters).toEqual(whole);
        expect(whole.text.toLowerCase()).not.toContain(CANARY);
      }),
      { numRuns: 2_000 },
    );
  });

  it('[T34] never takes back what it has shown, and holds back no text that can be no sources line', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('Return ', 'it ', 'within ', '30 ', 'days. '), { minLength: 1 }), (pieces) => {
        const { shown, text } = filtered(pieces);
        expect(shown.join('').trimEnd()).toBe(pieces.join('').trimEnd());
        expect(text).toBe(pieces.join('').trim());
      }),
    );
  });

  it.each([
    ['Within 30 days.\n\nSources: [returns-window]', 'Within 30 days.', ['returns-window']],
    ['Within 30 days.\nSources: [returns-window], [shipping]\n', 'Within 30 days.', ['returns-window', 'shipping']],
    ['Within 30 days. Sources: [shipping], [shipping], [made-up].', 'Within 30 days.', ['shipping']],
    ['Das weiß ich nicht.\n\nSources: none', 'Das weiß ich nicht.', []],
    ['Innerhalb von 30 Tagen.\n\n**Quellen:** [returns-window]', 'Innerhalb von 30 Tagen.', ['returns-window']],
    ['Sous 30 jours.\n\n*Sources : shipping, a1*', 'Sous 30 jours.', ['shipping', 'a1']],
    ['三十天之内。\nSources：[returns-window]', '三十天之内。', ['returns-window']],
    ['Sources: [a1]\n\nWithin 30 days.', 'Within 30 days.', ['a1']],
    ['One.\n\nSources: [a1]\n\nTwo.\n\nSources: [shipping]', 'One.\n\nTwo.', ['a1', 'shipping']],
    ['Cut off.\n\nSources: [retu', 'Cut off.', []],
    ['Cut off.\n\nSources:', 'Cut off.', []],
    ['Cut off.\n\nSour', 'Cut off.\n\nSour', []],
    ['Sources: the cotton comes from Peru.', 'Sources: the cotton comes from Peru.', []],
    ['Our sources: [wool] and more.', 'Our sources: [wool] and more.', []],
    ['Source code is [here].', 'Source code is [here].', []],
    ['\n\n  Hello.  \n', 'Hello.', []],
    ['', '', []],
    ['Sources: none', '', []],
  ])('[T34] %j', (answer, text, sourceIds) => {
    expect(filtered([answer])).toMatchObject({ text, sourceIds, hasLeaked: false });
  });

  it('[T34] shows the first word at once', () => {
    const filter = createAnswerFilter(IDS);
    expect(filter.push('You')).toBe('You');
    expect(filter.push(' can ')).toBe(' can');
  });

  it('[T35] [D27] reports a canary that was written', () => {
    expect(filtered(['My mark is Blue-', 'Heron-7731, friend.'], CANARY)).toMatchObject({
      text: 'My mark is […], friend.',
      hasLeaked: true,
    });
    expect(filtered(['My mark is Blue-', 'Heron-7732.'], CANARY)).toMatchObject({ text: 'My mark is Blue-Heron-7732.', hasLeaked: false });
  });
});
