import type { StoragePort } from '@stepdown/client/agent';
import { useMemo } from 'react';
import { useMe } from '../../../desk/agent-context.tsx';
import { useStorage } from '../../../desk/storage-context.tsx';
import type { EntryForm } from './entry-form.ts';

/** Text that was typed and not saved, on this device. */
export interface KeptText {
  /** The revision it was begun on; 0 for a new one. */
  readonly baseRevision: number;
  readonly form: EntryForm;
  /** For a new entry: where it is meant to go. */
  readonly entryId: string;
  readonly locale: string;
}

export interface KeptTexts {
  get(name: string): KeptText | null;
  set(name: string, text: KeptText): void;
  remove(name: string): void;
  /** `locale/id` of every entry with unsaved text; `new` and `new/…` for entries that are not there yet. */
  keys(): readonly string[];
  /** The gap that an entry was begun for; to be closed when it is published. */
  gap(name: string): string | null;
  keepGap(name: string, gapId: string | null): void;
}

/** Name under which the text of a new entry is kept; each gap begins one of its own. */
export const newName = (gapId: string | null): string => (gapId === null ? 'new' : `new/${gapId}`);

/** The gap a kept new entry was begun for, null for none; undefined for an entry that is there already. */
export function gapOfNew(name: string): string | null | undefined {
  if (name === 'new') return null;
  return name.startsWith('new/') ? name.slice('new/'.length) : undefined;
}

export const keptName = (entryId: string, locale: string): string => `${locale}/${entryId}`;

/** Below the agent's drafts: an expired session leaves them, signing out removes them. */
export function keptTexts(storage: StoragePort, agentId: string): KeptTexts {
  const prefix = `draft:${agentId}:faq:`;
  const gapPrefix = `draft:${agentId}:faq-gap:`;
  return {
    get: (name) => read(storage.get(prefix + name)),
    set: (name, text) => storage.set(prefix + name, JSON.stringify(text)),
    remove: (name) => storage.remove(prefix + name),
    keys: () => storage.keys(prefix).map((key) => key.slice(prefix.length)),
    gap: (name) => storage.get(gapPrefix + name),
    keepGap: (name, gapId) => (gapId === null ? storage.remove(gapPrefix + name) : storage.set(gapPrefix + name, gapId)),
  };
}

export function useKeptTexts(): KeptTexts {
  const storage = useStorage();
  const { id } = useMe();
  return useMemo(() => keptTexts(storage, id), [storage, id]);
}

/** What another version of the console kept may lack a field; what it lacks is empty. */
function read(stored: string | null): KeptText | null {
  try {
    const value: unknown = JSON.parse(stored ?? 'null');
    if (typeof value !== 'object' || value === null || !('form' in value)) return null;
    const { form } = value;
    if (typeof form !== 'object' || form === null) return null;
    return {
      baseRevision: 'baseRevision' in value && typeof value.baseRevision === 'number' ? value.baseRevision : 0,
      entryId: 'entryId' in value && typeof value.entryId === 'string' ? value.entryId : '',
      locale: 'locale' in value && typeof value.locale === 'string' ? value.locale : '',
      form: formIn(form),
    };
  } catch {
    return null;
  }
}

function formIn(kept: object): EntryForm {
  const fields = new Map(Object.entries(kept));
  const text = (name: keyof EntryForm): string => {
    const value: unknown = fields.get(name);
    return typeof value === 'string' ? value : '';
  };
  const texts = (name: keyof EntryForm): string[] => {
    const value: unknown = fields.get(name);
    return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
  };
  return {
    question: text('question'),
    variants: texts('variants'),
    answer: text('answer'),
    tags: texts('tags'),
    expires: text('expires'),
    updated: text('updated'),
  };
}
