import { makeMember } from '@stepdown/client/testing';
import { describe, expect, it } from 'vitest';
import { mentionCompletions, mentionedIds, replyCompletions } from './completions.ts';

const team = [makeMember(), makeMember({ id: 'ben', name: 'Ben Adler' }), makeMember({ id: 'bea', name: 'Bea Åberg', isOnline: false })];

describe('completions', () => {
  it('offer saved replies only while nothing else is written', () => {
    const reply = { id: 'r', shortcut: 'bye', locale: null, text: 'Bye {name}', updatedBy: '', updatedAt: 1 };
    const fill = (text: string) => text.replace('{name}', 'Lena');
    expect(replyCompletions('/b', [reply], fill)).toMatchObject([{ title: '/bye', text: 'Bye Lena' }]);
    expect(replyCompletions('/b and', [reply], fill)).toEqual([]);
    expect(replyCompletions('and /b', [reply], fill)).toEqual([]);
  });

  it('offer colleagues by any of their names, but not oneself', () => {
    expect(mentionCompletions('Look, @be', team, 'agt_1').map(({ text }) => text)).toEqual(['Look, @Ben Adler ', 'Look, @Bea Åberg ']);
    expect(mentionCompletions('@åb', team, 'agt_1').map(({ title }) => title)).toEqual(['@Bea Åberg']);
    expect(mentionCompletions('@', team, 'agt_1')).toHaveLength(2);
    expect(mentionCompletions('@mar', team, 'agt_1')).toEqual([]);
    expect(mentionCompletions('mail@be', team, 'agt_1')).toEqual([]);
  });

  it('forget a colleague whose name was deleted again', () => {
    expect(mentionedIds('ask @Ben Adler', ['ben', 'bea', 'ben'], team)).toEqual(['ben']);
  });
});
