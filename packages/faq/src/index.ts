export { type FaqFolder, type FileState, loadFaqFolder } from './entries/folder.ts';
export { parseEntry } from './entries/parse-entry.ts';
export { type FaqProblem, formatProblem } from './entries/problem.ts';
export { pathOfEntry, serializeEntry } from './entries/serialize-entry.ts';
export { type WatchFaqOptions, watchFaqFolder } from './entries/watch-folder.ts';
export {
  diffEntries,
  type EntryDifference,
  type ExchangeFormat,
  exportEntries,
  type FaqImport,
  type ImportProblem,
  importEntries,
} from './exchange/exchange.ts';
export {
  type GoldenCounts,
  type GoldenKindSummary,
  type GoldenOutcome,
  type GoldenQuestion,
  type GoldenResult,
  type GoldenSummary,
  judgeGolden,
  loadGoldenQuestions,
  summariseGolden,
  summariseGoldenByKind,
} from './golden.ts';
export { createFaqMatcher } from './matcher.ts';
export { mayPointBack } from './meaning/follow-up.ts';
export { type AskedQuestion, type DuplicatePair, findDuplicates, groupQuestions, type QuestionGroup } from './meaning/groups.ts';
export { areOpposite, type Polarity, polarityOf } from './meaning/polarity.ts';
export { contentWordsOf, sameMeaningGuard, similarity } from './meaning/similarity.ts';
export { baseLanguage, normaliseQuestion } from './text/normalise.ts';
export { DEFAULT_THRESHOLDS } from './thresholds.ts';
export type * from './types.ts';
