import type { FaqEntry } from '@stepdown/faq';
import type { FaqContent } from '@stepdown/protocol';
import type { FaqConflict, FaqFileRecord, FaqRevision, FaqStanding } from '@stepdown/store';
import { type EntryKey, entryOf, keyOf, type StoredContent, storedContent } from './entry-content.ts';

/** One entry in one locale: its revisions, its file, and whether they agree. */
export interface DeskEntry {
  readonly key: EntryKey;
  latest: FaqRevision | undefined;
  /** The newest that is no draft. */
  standing: FaqRevision | undefined;
  file: DeskFile | undefined;
  known: FaqFileRecord | undefined;
  conflict: FaqConflict | undefined;
  /** Why the store's text is not on disk. */
  writeProblem: string | undefined;
}

export interface DeskFile {
  readonly path: string;
  /** Undefined while the file is broken. */
  readonly content: FaqContent | undefined;
}

/** Everything the desk knows, by `keyOf`. The store is the truth; this is its copy in memory. */
export interface DeskState {
  readonly entries: ReadonlyMap<string, DeskEntry>;
  of(key: EntryKey): DeskEntry;
  find(key: EntryKey): DeskEntry | undefined;
  localesOf(entryId: string): readonly DeskEntry[];
  /** Takes over what the store says; returns the keys where that is news. */
  load(standings: readonly FaqStanding[]): readonly string[];
  /** A revision that was just added. */
  added(revision: FaqRevision): DeskEntry;
}

export function createDeskState(): DeskState {
  const entries = new Map<string, DeskEntry>();
  const byId = new Map<string, Set<DeskEntry>>();

  function of(key: EntryKey): DeskEntry {
    const known = entries.get(keyOf(key));
    if (known !== undefined) return known;
    const entry: DeskEntry = {
      key: { entryId: key.entryId, locale: key.locale },
      latest: undefined,
      standing: undefined,
      file: undefined,
      known: undefined,
      conflict: undefined,
      writeProblem: undefined,
    };
    entries.set(keyOf(key), entry);
    const locales = byId.get(key.entryId) ?? new Set();
    byId.set(key.entryId, locales.add(entry));
    return entry;
  }

  return {
    entries,
    of,
    find: (key) => entries.get(keyOf(key)),
    localesOf: (entryId) => [...(byId.get(entryId) ?? [])].filter((entry) => entry.latest !== undefined),
    load(standings) {
      return standings.flatMap(({ latest, standing }) => {
        const entry = of(latest);
        const isNews = entry.latest?.id !== latest.id || entry.standing?.id !== standing?.id;
        entry.latest = latest;
        entry.standing = standing;
        return isNews ? [keyOf(latest)] : [];
      });
    },
    added(revision) {
      const entry = of(revision);
      entry.latest = revision;
      if (revision.status !== 'draft') entry.standing = revision;
      return entry;
    },
  };
}

const parsedContents = new WeakMap<FaqRevision, StoredContent>();

/** Content of a revision; read once, because revisions never change. */
export function contentOf(revision: FaqRevision): StoredContent {
  const known = parsedContents.get(revision);
  if (known !== undefined) return known;
  const content = storedContent(revision.content);
  parsedContents.set(revision, content);
  return content;
}

export function isoDay(now: number): string {
  return new Date(now).toISOString().slice(0, 10);
}

export function isExpired(content: FaqContent, now: number): boolean {
  return content.expires !== undefined && content.expires < isoDay(now);
}

/** The published text that visitors get now. */
export function liveRevision(entry: DeskEntry, now: number): FaqRevision | undefined {
  const { standing } = entry;
  return standing?.status === 'published' && !isExpired(contentOf(standing), now) ? standing : undefined;
}

const parsedEntries = new WeakMap<FaqRevision, FaqEntry>();

/** All live entries by locale and id. */
export function liveEntries(state: DeskState, now: number): FaqEntry[] {
  const live = [...state.entries].flatMap(([name, entry]) => {
    const revision = liveRevision(entry, now);
    return revision === undefined ? [] : [{ name, entry: faqEntryOf(revision) }];
  });
  return live.sort((first, second) => (first.name < second.name ? -1 : 1)).map(({ entry }) => entry);
}

function faqEntryOf(revision: FaqRevision): FaqEntry {
  const known = parsedEntries.get(revision);
  if (known !== undefined) return known;
  const entry = entryOf(revision, contentOf(revision));
  parsedEntries.set(revision, entry);
  return entry;
}

/** A draft that is newer than what is live. */
export function draftOf(entry: DeskEntry): FaqRevision | undefined {
  return entry.latest?.status === 'draft' ? entry.latest : undefined;
}
