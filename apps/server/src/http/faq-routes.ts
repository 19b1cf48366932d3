import type { FaqEntry } from '@stepdown/faq';
import {
  type FaqArchived,
  type FaqEntryDetail,
  type FaqSaveConflict,
  type FaqSaved,
  faqArchiveSchema,
  faqHistoryQuerySchema,
  faqIdSchema,
  faqListQuerySchema,
  faqResolveSchema,
  faqSaveSchema,
  faqUndoSchema,
} from '@stepdown/protocol';
import type { Express } from 'express';
import { z } from 'zod';
import type { AccessPorts } from '../access/sign-in.ts';
import { audit } from '../access/sign-in.ts';
import type { Content } from '../content.ts';
import { archiveEntry, resolveConflict, type Saved, type SaveRefusal, saveEntry, undoEntry } from '../faq/desk-commands.ts';
import { contentOf } from '../faq/desk-state.ts';
import { detailView, historyView, listView } from '../faq/desk-views.ts';
import { type EntryKey, fileTextOf, revisionView } from '../faq/entry-content.ts';
import { phrasingsOf } from '../faq/gaps.ts';
import { lineDiff } from '../faq/line-diff.ts';
import { type AgentRequest, type createAgentRoutes, HttpRefusal, parseInput } from './routes.ts';

type AddRoute = ReturnType<typeof createAgentRoutes>;

export interface FaqRoutePorts {
  readonly content: Content;
  readonly access: AccessPorts;
}

/** What the widget may keep for the hour when this server is gone: published answers only. */
export function addPublicFaqRoute(app: Express, content: Content, suggestions: readonly string[]): void {
  app.get('/api/faq/public', (request, response) => {
    const { locale } = parseInput(z.object({ locale: z.string().max(35).default('en') }), request.query);
    const language = locale.split('-')[0];
    const mine = content.entries.filter((entry) => entry.locale === locale || entry.locale === language);
    const entries = mine.length > 0 ? mine : content.entries.filter((entry) => entry.locale === 'en');
    response.setHeader('cache-control', 'public, max-age=300');
    response.json({
      locale,
      suggested: suggestedQuestions(entries, suggestions),
      entries: entries.map(({ id, question, variants, answer, updated }) => ({ id, question, variants, answer, updated })),
    });
  });
}

const SHOWN_SUGGESTIONS = 4;

/** The questions of the wanted entries; where the FAQ has none of them, its first ones. */
function suggestedQuestions(entries: readonly FaqEntry[], ids: readonly string[]): readonly string[] {
  const wanted = ids.flatMap((id) => entries.filter((entry) => entry.id === id));
  return (wanted.length > 0 ? wanted : entries.slice(0, SHOWN_SUGGESTIONS)).map(({ question }) => question);
}

/** Reading and writing entries. Added after every other `/api/faq/…` route, because `:id` would take their names. */
export function addFaqRoutes(add: AddRoute, ports: FaqRoutePorts): void {
  const { content } = ports;
  const { desk, defaultLocale } = content;
  add('GET /api/faq', ({ request }) => listView(desk, defaultLocale, parseInput(faqListQuerySchema, request.query)));
  add('POST /api/faq/conflicts/:conflictId/resolve', (call) => resolve(ports, call));
  add('GET /api/faq/:id', ({ request }) => detail(ports, idOf(request)));
  add('PUT /api/faq/:id', (call) => save(ports, call));
  add('DELETE /api/faq/:id', (call) => archive(ports, call));
  add('POST /api/faq/:id/undo', (call) => undo(ports, call));
  add('GET /api/faq/:id/history', async ({ request }) => {
    const { locale, limit } = parseInput(faqHistoryQuerySchema, request.query);
    return found(await historyView(desk, idOf(request), locale, limit));
  });
}

/** Readings that are looked through for phrasings of one entry. */
const READINGS = 5_000;

async function detail({ content }: FaqRoutePorts, id: string): Promise<FaqEntryDetail> {
  const { desk, defaultLocale, entries, insights } = content;
  const view = found(await detailView(desk, defaultLocale, id));
  const asked = await desk.store.faqReadings.list({ since: 0, limit: READINGS });
  const confirmed = insights.confirmed.filter(({ entryId }) => entryId === id);
  return {
    ...view,
    suggestedPhrasings: phrasingsOf(asked, entries, id)[0]?.suggestions ?? [],
    confirmedPhrasings: confirmed.map(({ question }) => question),
  };
}

export function idOf(request: AgentRequest['request']): string {
  return parseInput(z.object({ id: faqIdSchema }), { id: request.params.id }).id;
}

export function found<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new HttpRefusal('not_found', 'There is no such FAQ entry in this locale.');
  return value;
}

async function save({ content, access }: FaqRoutePorts, { agent, request, response }: AgentRequest): Promise<FaqSaved | undefined> {
  const entryId = idOf(request);
  const input = parseInput(faqSaveSchema, request.body);
  const key = { entryId, locale: input.locale };
  const result = await saveEntry(content.desk, { ...input, key, author: agent.name });
  if (!result.ok) return refuse(response, result.error, { key, sent: input.content });
  await audit(access, agent, input.status === 'published' ? 'faq.published' : 'faq.drafted', `${input.locale}/${entryId}`);
  return savedView(result.value);
}

async function undo({ content, access }: FaqRoutePorts, { agent, request, response }: AgentRequest): Promise<FaqSaved | undefined> {
  const entryId = idOf(request);
  const { locale, baseRevision, toRevision } = parseInput(faqUndoSchema, request.body);
  const key = { entryId, locale };
  const result = await undoEntry(content.desk, { key, baseRevision, toRevision, author: agent.name });
  if (!result.ok) return refuse(response, result.error, { key });
  await audit(access, agent, 'faq.undone', `${locale}/${entryId}`, `revision ${result.value.revision.revision}`);
  return savedView(result.value);
}

async function archive({ content, access }: FaqRoutePorts, { agent, request, response }: AgentRequest): Promise<FaqArchived | undefined> {
  const entryId = idOf(request);
  const { locale, baseRevision } = parseInput(faqArchiveSchema, request.body ?? {});
  const result = await archiveEntry(content.desk, { entryId, locale, baseRevision, author: agent.name });
  if (!result.ok) {
    refuse(response, result.error, { key: { entryId, locale: locale ?? '' } });
    return undefined;
  }
  await audit(access, agent, 'faq.archived', entryId, result.value.map((each) => each.locale).join(', '));
  return { ok: true, archived: result.value.map(revisionView) };
}

async function resolve({ content, access }: FaqRoutePorts, { agent, request, response }: AgentRequest): Promise<FaqSaved | undefined> {
  const conflictId = String(request.params.conflictId);
  const { choice, content: merged, baseRevision } = parseInput(faqResolveSchema, request.body);
  if (choice === 'merged' && merged === undefined) throw new HttpRefusal('invalid', 'content: is needed for a merged text');
  const result = await resolveConflict(content.desk, { conflictId, choice, content: merged, baseRevision, author: agent.name });
  if (!result.ok) return refuse(response, result.error, {});
  const { entryId, locale } = result.value.revision;
  await audit(access, agent, 'faq.conflict-resolved', `${locale}/${entryId}`, choice);
  return savedView(result.value);
}

function savedView({ revision, warnings, file }: Saved): FaqSaved {
  return { ok: true, revision: revisionView(revision), warnings, file };
}

interface Sent {
  readonly key?: EntryKey;
  readonly sent?: Parameters<typeof fileTextOf>[1];
}

/** A conflict answers with the other's text, so that nothing that was typed is lost and both can be compared. */
function refuse(response: AgentRequest['response'], refusal: SaveRefusal, { key, sent }: Sent): undefined {
  if (refusal.kind === 'unknown') throw new HttpRefusal('not_found', 'There is no such FAQ entry, or the conflict is resolved already.');
  if (refusal.kind === 'nothing-to-undo') throw new HttpRefusal('not_found', 'There is no earlier published text to go back to.');
  const { latest } = refusal;
  const isComparable = latest !== undefined && key !== undefined && sent !== undefined;
  const conflict: FaqSaveConflict = {
    ok: false,
    error: { code: 'conflict', message: latest === undefined ? GONE : `${latest.author} saved this entry first; nothing was overwritten.` },
    latest: latest === undefined ? null : revisionView(latest),
    diff: isComparable ? lineDiff(fileTextOf(key, contentOf(latest)), fileTextOf(key, sent)) : [],
  };
  response.status(409).json(conflict);
  return undefined;
}

const GONE = 'This entry does not exist in this locale yet; send baseRevision 0 to make it.';
