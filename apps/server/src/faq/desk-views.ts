import { createHash } from 'node:crypto';
import type {
  FaqConflictView,
  FaqContent,
  FaqEntryDetail,
  FaqHistory,
  FaqList,
  FaqListItem,
  FaqListQuery,
  FaqLocaleView,
} from '@stepdown/protocol';
import type { FaqConflict, FaqRevision } from '@stepdown/store';
import type { FaqDesk } from './desk.ts';
import { contentOf, type DeskEntry, draftOf, liveRevision } from './desk-state.ts';
import { fileTextOf, plainContent, revisionView } from './entry-content.ts';
import { lineDiff } from './line-diff.ts';
import { isStale, localesIn, missingLocales, stateOf } from './locale-flags.ts';

const HISTORY_REACH = 200;

interface ViewContext {
  readonly desk: FaqDesk;
  readonly sourceLocale: string;
  readonly locales: readonly string[];
  readonly now: number;
}

export function viewContext(desk: FaqDesk, sourceLocale: string): ViewContext {
  return { desk, sourceLocale, locales: localesIn(desk.state, sourceLocale), now: desk.clock.now() };
}

/** The list of the console: what matches, and what needs somebody. */
export async function listView(desk: FaqDesk, sourceLocale: string, query: FaqListQuery): Promise<FaqList> {
  const context = viewContext(desk, sourceLocale);
  const ids = [
    ...new Set([...desk.state.entries.values()].filter(({ latest }) => latest !== undefined).map(({ key }) => key.entryId)),
  ].sort();
  const all = ids.map((id) => ({ item: itemView(context, id), entries: desk.state.localesOf(id) }));
  const matching = all.filter(({ item, entries }) => matches(item, entries, query)).map(({ item }) => item);
  const problems = desk.problems;
  return {
    items: matching.slice(query.offset, query.offset + query.limit),
    total: matching.length,
    locales: context.locales,
    sourceLocale,
    tags: [...new Set(all.flatMap(({ item }) => item.tags))].sort(),
    problems,
    conflicts: await conflictViews(desk, [...desk.state.entries.values()]),
    isFolderWritable: ![...desk.state.entries.values()].some(({ writeProblem }) => writeProblem !== undefined),
    liveEntries: desk.live.length,
    contentVersion: contentVersion(desk),
  };
}

/** Changes with everything that visitors can get. */
export function contentVersion(desk: FaqDesk): string {
  const ids = desk.live.map(({ id, locale }) => desk.state.find({ entryId: id, locale })?.standing?.id);
  return createHash('sha256').update(ids.join('\n')).digest('hex').slice(0, 16);
}

function itemView(context: ViewContext, id: string): FaqListItem {
  const entries = context.desk.state.localesOf(id);
  const source = entries.find(({ key }) => key.locale === context.sourceLocale) ?? entries[0];
  const shown = source === undefined ? undefined : shownContent(source);
  return {
    id,
    question: shown?.question ?? id,
    tags: shown?.tags ?? [],
    locales: entries.map((entry) => localeView(context, entry)),
    missingLocales: missingLocales(entries, context.locales),
  };
}

/** The text an editor would look at first. */
function shownContent({ standing, latest }: DeskEntry): FaqContent | undefined {
  const revision = standing ?? latest;
  return revision && contentOf(revision);
}

export function localeView({ desk, sourceLocale, now }: ViewContext, entry: DeskEntry): FaqLocaleView {
  const { key, latest, standing, file, known, conflict } = entry;
  const content = shownContent(entry);
  const newest = latest ?? standing;
  return {
    locale: key.locale,
    state: stateOf(entry, now),
    question: content?.question ?? key.entryId,
    revision: newest?.revision ?? 0,
    liveRevision: liveRevision(entry, now)?.revision ?? null,
    hasDraft: draftOf(entry) !== undefined,
    isStale: isStale(entry, desk.state.find({ entryId: key.entryId, locale: sourceLocale })),
    hasConflict: conflict !== undefined,
    updated: content?.updated ?? null,
    expires: content?.expires ?? null,
    author: newest?.author ?? '',
    at: newest?.at ?? 0,
    path: file?.path ?? known?.path ?? null,
  };
}

function matches(item: FaqListItem, entries: readonly DeskEntry[], query: FaqListQuery): boolean {
  const { locale, state, flag, tag } = query;
  const meant = locale === undefined ? item.locales : item.locales.filter((each) => each.locale === locale);
  // "Missing in German" is about entries without a German text.
  if (flag === 'missing') {
    const isMissing = locale === undefined ? item.missingLocales.length > 0 : item.missingLocales.includes(locale);
    return isMissing && hasWords(item, entries, query.search);
  }
  if (meant.length === 0 || (tag !== undefined && !item.tags.includes(tag))) return false;
  if (state !== undefined && !meant.some((each) => each.state === state)) return false;
  if (flag !== undefined && !meant.some((each) => hasFlag(each, flag))) return false;
  return hasWords(item, entries, query.search);
}

function hasFlag(view: FaqLocaleView, flag: Exclude<NonNullable<FaqListQuery['flag']>, 'missing'>): boolean {
  switch (flag) {
    case 'stale':
      return view.isStale;
    case 'conflict':
      return view.hasConflict;
    case 'has-draft':
      return view.hasDraft;
    case 'expires':
      return view.expires !== null;
  }
}

function hasWords(item: FaqListItem, entries: readonly DeskEntry[], search: string | undefined): boolean {
  const words = folded(search ?? '')
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return true;
  const contents = entries
    .flatMap(({ standing, latest }) => [standing, latest])
    .flatMap((each) => (each === undefined ? [] : [contentOf(each)]));
  const text = folded(
    [item.id, ...item.tags, ...contents.flatMap(({ question, variants, answer }) => [question, ...variants, answer])].join('\n'),
  );
  return words.every((word) => text.includes(word));
}

function folded(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
}

/** One entry with all its locales; phrasings are added by who knows them. */
export async function detailView(
  desk: FaqDesk,
  sourceLocale: string,
  id: string,
): Promise<Omit<FaqEntryDetail, 'suggestedPhrasings' | 'confirmedPhrasings'> | undefined> {
  const entries = desk.state.localesOf(id);
  if (entries.length === 0) return undefined;
  const context = viewContext(desk, sourceLocale);
  return {
    id,
    sourceLocale,
    locales: entries.map((entry) => {
      const [live, draft] = [entry.standing?.status === 'published' ? entry.standing : undefined, draftOf(entry)];
      return { ...localeView(context, entry), live: live ? revisionView(live) : null, draft: draft ? revisionView(draft) : null };
    }),
    missingLocales: missingLocales(entries, context.locales),
    conflicts: await conflictViews(desk, entries),
  };
}

async function conflictViews(desk: FaqDesk, entries: readonly DeskEntry[]): Promise<FaqConflictView[]> {
  const views: FaqConflictView[] = [];
  for (const { conflict, latest } of entries) {
    const view = conflict === undefined ? undefined : await conflictView(desk, conflict, latest);
    if (view !== undefined) views.push(view);
  }
  return views.sort((first, second) => second.detectedAt - first.detectedAt);
}

async function conflictView(desk: FaqDesk, conflict: FaqConflict, latest: FaqRevision | undefined): Promise<FaqConflictView | undefined> {
  const history = await desk.store.faqRevisions.history(conflict.entryId, conflict.locale, HISTORY_REACH);
  const store = history.find(({ revision }) => revision === conflict.storeRevision);
  const base = history.find(({ revision }) => revision === conflict.baseRevision);
  if (store === undefined) return undefined;
  // Written by this server only, from a plain content.
  const file: FaqContent = JSON.parse(conflict.fileContent);
  return {
    id: conflict.id,
    entryId: conflict.entryId,
    locale: conflict.locale,
    path: conflict.path,
    detectedAt: conflict.at,
    live: conflict.kind === 'published' ? 'store' : 'file',
    base: base === undefined ? null : plainContent(contentOf(base)),
    file,
    store: revisionView(store),
    latestRevision: latest?.revision ?? store.revision,
    diff: lineDiff(fileTextOf(conflict, contentOf(store)), fileTextOf(conflict, file)),
  };
}

export async function historyView(desk: FaqDesk, entryId: string, locale: string, limit: number): Promise<FaqHistory | undefined> {
  const revisions = await desk.store.faqRevisions.history(entryId, locale, limit + 1);
  if (revisions.length === 0) return undefined;
  const entry = desk.state.find({ entryId, locale });
  const live = entry && liveRevision(entry, desk.clock.now());
  const views = revisions.map((revision, index) => {
    const before = revisions[index + 1];
    const text = (each: FaqRevision): string => fileTextOf(each, contentOf(each));
    const diff = lineDiff(before === undefined ? '' : text(before), text(revision));
    return { ...revisionView(revision), diff, isLive: revision.id === live?.id };
  });
  return { id: entryId, locale, revisions: views.slice(0, limit) };
}
