import { readFile, stat } from 'node:fs/promises';

/**
 * The widget's frame with what it must know before it has ever reached this server: the address to write to when it
 * can't. Read again when the file changes, as after a build.
 */
export function createFramePage(file: string, fallbackEmail: string | undefined): () => Promise<string> {
  let page = '';
  let readAtMs = Number.NaN;
  return async () => {
    const { mtimeMs } = await stat(file);
    if (mtimeMs !== readAtMs) page = withFallbackEmail(await readFile(file, 'utf8'), fallbackEmail);
    readAtMs = mtimeMs;
    return page;
  };
}

export function withFallbackEmail(page: string, email: string | undefined): string {
  if (email === undefined) return page;
  const content = email.replaceAll(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  return page.replace('</head>', () => `<meta name="stepdown-fallback-email" content="${content}" /></head>`);
}
