import { FOREIGN_SUBJECT_AT } from '../decide.ts';
import { loadFaqFolder } from '../entries/folder.ts';
import { createFaqMatcher } from '../matcher.ts';
import type { FaqMatch } from '../types.ts';
import { type Command, EXIT } from './options.ts';

/** Shows what the matcher makes of a question. */
export const match: Command = async (args, { dir, locale, limit }, print) => {
  const question = args.join(' ').trim();
  if (question === '') {
    print('match needs a question: npm run faq -- match "where is my parcel"');
    return EXIT.usage;
  }
  const { entries } = await loadFaqFolder(dir);
  const matcher = createFaqMatcher(entries);
  const request = { locale };
  const ranked = matcher.rank(question, limit, request);
  print(
    `decision: ${matcher.decide(question, request).kind} (answer from ${matcher.thresholds.answerAt}, choices from ${matcher.thresholds.offerAt})`,
  );
  for (const corrected of ranked[0]?.why.corrections ?? []) print(`understood "${corrected.from}" as "${corrected.to}"`);
  for (const one of ranked) for (const line of describe(one)) print(line);
  return EXIT.fine;
};

function describe({ entry, score, why, isLocaleFallback }: FaqMatch): string[] {
  const notes = [
    ...(isLocaleFallback ? [`in ${entry.locale} instead of the asked language`] : []),
    ...(why.foreignShare >= FOREIGN_SUBJECT_AT
      ? [`${Math.round(100 * why.foreignShare)} % of the question is words the FAQ does not know: not served alone`]
      : []),
    ...(why.isOpposite ? ['says the opposite: never served alone'] : []),
    ...(why.origin === 'confirmed' ? ['a confirmed visitor question'] : []),
  ];
  return [
    `${score.toFixed(2)}  ${entry.locale}/${entry.id}${notes.length === 0 ? '' : `  (${notes.join('; ')})`}`,
    `      nearest phrasing "${why.phrasing}"; shared words: ${why.matchedWords.join(', ') || 'none'}; vote ${why.vote.toFixed(2)}, best rival ${why.rivalVote.toFixed(2)}`,
  ];
}
