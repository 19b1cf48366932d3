import {
  type FaqDuplicates,
  type FaqGaps,
  faqConfirmSchema,
  faqGapsQuerySchema,
  faqReadinessQuerySchema,
  faqReplaySchema,
  faqTestSchema,
} from '@stepdown/protocol';
import { audit } from '../access/sign-in.ts';
import { createAnalysis } from '../faq/analysis-thread.ts';
import { contentVersion } from '../faq/desk-views.ts';
import { replayQuestions, type TryOutPorts, tryQuestion } from '../faq/faq-tests.ts';
import { gapsOf, openQuestions } from '../faq/gaps.ts';
import { firstDay, readinessOf } from '../faq/readiness.ts';
import { type FaqRoutePorts, found, idOf } from './faq-routes.ts';
import { type createAgentRoutes, HttpRefusal, parseInput } from './routes.ts';

type AddRoute = ReturnType<typeof createAgentRoutes>;

const DAY_MS = 86_400_000;
/** Readings that are looked through for gaps and phrasings. */
const READINGS = 5_000;
/** Grouping compares every question with every group: half a second for this many. */
const QUESTIONS_GROUPED = 400;

/** What real questions say about the FAQ, and what a change would do to them. */
export function addFaqInsightRoutes(add: AddRoute, ports: FaqRoutePorts): void {
  const { content, access } = ports;
  const { desk, insights, matcher, defaultLocale } = content;
  const run = createAnalysis();
  const tryOut: TryOutPorts = {
    run,
    matcher,
    live: () => ({ entries: content.entries, confirmed: insights.confirmed, defaultLocale }),
  };
  const group = remembered((questions: Parameters<typeof openQuestions>[0]) => run('group', { questions }));
  const duplicates = remembered((_version: string): Promise<FaqDuplicates> => run('duplicates', { entries: content.entries }));

  add('POST /api/faq/test', async ({ request }) => {
    const { question, locale, previousQuestion, draft } = parseInput(faqTestSchema, request.body);
    return tryQuestion(tryOut, { question, locale, previousQuestion }, draft);
  });
  add('POST /api/faq/replay', async ({ request }) => {
    const { draft, last } = parseInput(faqReplaySchema, request.body);
    return replayQuestions(tryOut, draft, await desk.store.faqReadings.list({ since: 0, limit: last }));
  });
  add('GET /api/faq/gaps', ({ request }) => gapsView(ports, parseInput(faqGapsQuerySchema, request.query), group));
  add('POST /api/faq/gaps/:id/dismiss', async ({ agent, request }) => {
    const messageId = String(request.params.id);
    if ((await desk.store.conversations.message(messageId)) === undefined) throw new HttpRefusal('not_found', 'There is no such gap.');
    await desk.store.faqLearning.dismiss([messageId], agent.name, desk.clock.now());
    await audit(access, agent, 'faq.gap-dismissed', messageId);
  });
  add('GET /api/faq/duplicates', () => duplicates(contentVersion(desk)));
  add('GET /api/faq/readiness', async ({ request }) => {
    const { days, locale } = parseInput(faqReadinessQuerySchema, request.query);
    const counted = await desk.store.faqReadings.days({ sinceDay: firstDay(desk.clock.now(), days), locale });
    return readinessOf(counted, days, insights.confirmed.length);
  });
  add('POST /api/faq/:id/confirm', async ({ agent, request }) => {
    const { messageId } = parseInput(faqConfirmSchema, request.body);
    const entryId = idOf(request);
    found(content.entries.find(({ id }) => id === entryId));
    const isKnown = await insights.confirm(messageId, entryId, agent.name);
    if (!isKnown) throw new HttpRefusal('not_found', 'There is no such question of a visitor.');
  });
}

async function gapsView(
  { content }: FaqRoutePorts,
  { days, locale, limit }: { readonly days: number; readonly locale?: string | undefined; readonly limit: number },
  group: (questions: Parameters<typeof openQuestions>[0]) => Promise<readonly (readonly string[])[]>,
): Promise<FaqGaps> {
  const { store, clock } = content.desk;
  const since = clock.now() - days * DAY_MS;
  const asked = await store.faqReadings.list({ since, locale, limit: READINGS });
  const open = openQuestions(asked).slice(0, QUESTIONS_GROUPED);
  const replies = await store.faqReadings.agentReplies(open.map(({ messageId }) => messageId));
  const dismissed = await store.faqLearning.dismissedSince(0);
  return gapsOf({ days, limit, asked, groups: await group(open), dismissed, replies, entries: content.entries });
}

/** Keeps the last answer of work that gives the same for the same input. */
function remembered<Input, Output>(work: (input: Input) => Promise<Output>): (input: Input) => Promise<Output> {
  let last: { readonly name: string; readonly output: Promise<Output> } | undefined;
  return (input) => {
    const name = JSON.stringify(input);
    if (last?.name === name) return last.output;
    const output = work(input);
    last = { name, output };
    output.catch(() => {
      if (last?.output === output) last = undefined;
    });
    return output;
  };
}
