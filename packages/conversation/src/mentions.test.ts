import { describe, expect, it } from 'vitest';
import { mentionsIn } from './mentions.ts';

const team = [
  { id: 'ada', name: 'Ada Frost' },
  { id: 'ben', name: 'Ben Adler' },
  { id: 'ben2', name: 'Ben Ito' },
  { id: 'zoe', name: 'Zoë' },
];

describe('who a note names', () => {
  it.each([
    ['@Ada can you look?', ['ada']],
    ['please @ada frost, and @ZOË!', ['ada', 'zoe']],
    ['@Ben is two people', []],
    ['@Ben Ito is one', ['ben2']],
    ['@Adam is nobody here', []],
    ['write to x@ada or mail@zoë', []],
    ['(@Zoë)', ['zoe']],
    ['@', []],
    ['@Ada @Ada', ['ada']],
  ])('%s', (text, ids) => {
    expect(mentionsIn(text, team).map(({ id }) => id)).toEqual(ids);
  });
});
