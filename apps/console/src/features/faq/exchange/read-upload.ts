import type { FaqImportFile } from '@stepdown/client/agent';
import type { FaqFormat } from '@stepdown/protocol';

/** What an editor chose to import, read into memory. */
export type Upload = Pick<FaqImportFile, 'format' | 'text' | 'files'> & { readonly name: string };

/** As much as the server takes. */
const LARGEST_BYTES = 5_000_000;

const FORMAT_BY_EXTENSION: Readonly<Record<string, FaqFormat>> = { csv: 'csv', json: 'json', md: 'markdown', markdown: 'markdown' };

/**
 * Reads the chosen files; a text says what is wrong with them. Several files can only be Markdown. Markdown files are
 * of the given language, unless they are an export that names its files.
 */
export async function readUpload(files: readonly File[], locale: string): Promise<Upload | string> {
  const [first] = files;
  if (first === undefined) return 'No file was chosen.';
  const format = formatOf(first.name);
  if (format === undefined) return `${first.name} is neither CSV, JSON nor Markdown.`;
  if (files.reduce((sum, { size }) => sum + size, 0) > LARGEST_BYTES) return 'That is more than 5 MB; import it in parts.';
  if (files.length === 1) return { format, name: first.name, ...(await oneFile(format, first, locale)) };
  const other = files.find(({ name }) => formatOf(name) !== 'markdown');
  if (other !== undefined) return `Several files at once can only be Markdown; ${other.name} is not.`;
  const texts = await Promise.all(files.map(async (file) => ({ path: pathOf(file, locale), text: await file.text() })));
  return { format: 'markdown', name: `${files.length} files`, files: texts };
}

/** One Markdown file may be an export of many entries, or one entry. */
async function oneFile(format: FaqFormat, file: File, locale: string): Promise<Pick<Upload, 'text' | 'files'>> {
  const text = await file.text();
  const isOneEntry = format === 'markdown' && !text.includes('<!-- file:');
  return isOneEntry ? { files: [{ path: pathOf(file, locale), text }] } : { text };
}

function formatOf(name: string): FaqFormat | undefined {
  return FORMAT_BY_EXTENSION[name.slice(name.lastIndexOf('.') + 1).toLowerCase()];
}

/** `en/return-window.md`, as it would stand in the FAQ folder. */
function pathOf(file: File, locale: string): string {
  return `${locale}/${file.name}`;
}
