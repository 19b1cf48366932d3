import type { FaqEntry } from '@stepdown/faq';
import { MODEL_TIERS } from '@stepdown/kernel';
import type { FaqContent, FaqRanked, FaqReplayResult, FaqTestResult } from '@stepdown/protocol';
import type { FaqAskedQuestion } from '@stepdown/store';
import type { TestFinding } from './analysis.ts';
import type { RunAnalysis } from './analysis-thread.ts';
import { cleanContent } from './clean-content.ts';
import { entryOf, keyOf } from './entry-content.ts';
import type { MatcherContent, MatcherHost } from './matcher-host.ts';
import { type Finding, type FindRequest, GROUNDING_ENTRIES } from './matching.ts';

export interface Draft {
  readonly id: string;
  readonly locale: string;
  readonly content: FaqContent | null;
}

export interface TryOutPorts {
  readonly run: RunAnalysis;
  readonly matcher: MatcherHost;
  readonly live: () => MatcherContent;
}

/** Live content with the draft in the place of its entry. */
export function withDraft(content: MatcherContent, { id, locale, content: draft }: Draft): MatcherContent {
  const name = keyOf({ entryId: id, locale });
  const others = content.entries.filter((entry) => keyOf({ entryId: entry.id, locale: entry.locale }) !== name);
  const entry: FaqEntry[] = draft === null ? [] : [entryOf({ entryId: id, locale }, cleanContent(draft).content)];
  return { ...content, entries: [...others, ...entry] };
}

/** What would become of a question, now or with a draft. */
export async function tryQuestion(ports: TryOutPorts, request: FindRequest, draft: Draft | undefined): Promise<FaqTestResult> {
  const tried =
    draft === undefined
      ? { finding: await ports.matcher.find(request), thresholds: ports.matcher.thresholds }
      : await ports.run('test', { content: withDraft(ports.live(), draft), request });
  return { ...testView(tried), against: draft === undefined ? 'live' : 'draft' };
}

function testView({ finding, thresholds }: TestFinding): Omit<FaqTestResult, 'against'> {
  const { decision, ranking, grounding } = finding;
  const given = grounding.slice(0, GROUNDING_ENTRIES).map(({ entry: { id, question, answer } }) => ({ id, question, answer }));
  const models = MODEL_TIERS.map((tier) => ({ tier, grounding: given, served: null }));
  return {
    decision: { kind: decision.kind, reason: 'reason' in decision ? decision.reason : null, entryIds: entryIdsOf(decision) },
    ranking: ranking.map(({ entry, score, isLocaleFallback, why }): FaqRanked => {
      return { id: entry.id, locale: entry.locale, question: entry.question, score, isLocaleFallback, why };
    }),
    thresholds,
    tiers: [...models, { tier: 'faq', grounding: [], served: servedBy(decision) }],
  };
}

function entryIdsOf(decision: Finding['decision']): string[] {
  if (decision.kind === 'answer') return [decision.match.entry.id];
  if (decision.kind === 'choices') return decision.matches.map(({ entry }) => entry.id);
  return [];
}

function servedBy(decision: Finding['decision']): string {
  switch (decision.kind) {
    case 'answer':
      return decision.match.entry.answer;
    case 'choices':
      return decision.matches.map(({ entry }) => `- ${entry.question}`).join('\n');
    case 'ask-back':
      return 'Asks for the question in one full sentence.';
    case 'abstain':
      return 'Says that there is no answer and offers a person.';
  }
}

/** Real questions against a draft: which answers change, and which good ones would break. */
export async function replayQuestions(ports: TryOutPorts, draft: Draft, asked: readonly FaqAskedQuestion[]): Promise<FaqReplayResult> {
  const byMessage = new Map(asked.map((question) => [question.messageId, question]));
  const before = ports.live();
  const questions = [...byMessage.values()].map(({ messageId, text, locale }) => ({ messageId, text, locale }));
  const changed = await ports.run('replay', { before, after: withDraft(before, draft), questions });
  const changes = changed.flatMap(({ messageId, before: old, after }): FaqReplayResult['changes'] => {
    const question = byMessage.get(messageId);
    if (question === undefined) return [];
    const { conversationId, text, locale, at } = question;
    return [{ messageId, conversationId, question: text, locale, at, before: old, after, effect: effectOf(old.kind, after.kind) }];
  });
  const count = (effect: string): number => changes.filter((change) => change.effect === effect).length;
  return {
    asked: questions.length,
    unchanged: questions.length - changes.length,
    changes,
    broken: count('broken'),
    gained: count('gained'),
  };
}

/** Only changes come here: a sure answer that stays sure is one of another entry. */
function effectOf(before: string, after: string): 'broken' | 'gained' | 'moved' {
  if (before === 'answer') return 'broken';
  return after === 'answer' ? 'gained' : 'moved';
}
