import { mkdir, open, readFile, rename, rm, unlink } from 'node:fs/promises';
import path from 'node:path';
import { type FaqEntry, parseEntry, serializeEntry } from '@stepdown/faq';
import { messageOf } from '@stepdown/kernel';
import type { FaqContent } from '@stepdown/protocol';
import { cleanContent } from './clean-content.ts';
import { contentOfEntry, isSameContent } from './entry-content.ts';

/** What stands in a file right now. */
export type FileReading =
  | { readonly kind: 'missing' | 'broken' | 'unreadable' }
  | { readonly kind: 'entry'; readonly entry: FaqEntry; readonly content: FaqContent };

export type FileWriting =
  | { readonly kind: 'written' }
  /** Somebody else was there first; nothing was written. */
  | { readonly kind: 'changed'; readonly found: FileReading }
  | { readonly kind: 'failed'; readonly reason: string };

export interface FolderFiles {
  read(file: string): Promise<FileReading>;
  /** Replaces the file in one step, unless it no longer says what is `expected` (undefined: it should not be there). */
  write(file: string, entry: FaqEntry, expected: FaqContent | undefined): Promise<FileWriting>;
  remove(file: string, expected: FaqContent | undefined): Promise<FileWriting>;
}

/** The FAQ folder as a place to write to. Paths are relative to it. */
export function createFolderFiles(dir: string): FolderFiles {
  const read = (file: string): Promise<FileReading> => readEntryFile(path.join(dir, file), file);
  return {
    read,
    async write(file, entry, expected) {
      const found = await read(file);
      if (isChanged(found, expected, contentOfEntry(entry))) return { kind: 'changed', found };
      return attempt(() => replaceFile(path.join(dir, file), serializeEntry(entry)));
    },
    async remove(file, expected) {
      const found = await read(file);
      if (found.kind === 'missing') return { kind: 'written' };
      if (isChanged(found, expected, undefined)) return { kind: 'changed', found };
      return attempt(() => unlink(path.join(dir, file)));
    },
  };
}

async function readEntryFile(absolute: string, file: string): Promise<FileReading> {
  try {
    const parsed = parseEntry(await readFile(absolute, 'utf8'), file);
    if (!parsed.ok) return { kind: 'broken' };
    return { kind: 'entry', entry: parsed.value, content: cleanContent(contentOfEntry(parsed.value)).content };
  } catch (cause) {
    return { kind: cause instanceof Error && 'code' in cause && cause.code === 'ENOENT' ? 'missing' : 'unreadable' };
  }
}

function isChanged(found: FileReading, expected: FaqContent | undefined, wanted: FaqContent | undefined): boolean {
  if (found.kind === 'missing') return false;
  if (found.kind !== 'entry') return true;
  if (wanted !== undefined && isSameContent(found.content, wanted)) return false;
  return expected === undefined || !isSameContent(found.content, expected);
}

async function attempt(work: () => Promise<void>): Promise<FileWriting> {
  try {
    await work();
    return { kind: 'written' };
  } catch (cause) {
    return { kind: 'failed', reason: messageOf(cause) };
  }
}

/** A reader sees the old file or the new one, never half of one. Names with a dot in front are no entries. */
async function replaceFile(absolute: string, text: string): Promise<void> {
  await mkdir(path.dirname(absolute), { recursive: true });
  const temporary = path.join(path.dirname(absolute), `.${path.basename(absolute)}.new`);
  try {
    const file = await open(temporary, 'w');
    try {
      await file.writeFile(text, 'utf8');
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, absolute);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw cause;
  }
}
