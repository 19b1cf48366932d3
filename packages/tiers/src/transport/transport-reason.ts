import type { FailureReason } from '@stepdown/kernel';
import { readValue } from '../json.ts';
import { CONNECT_DEADLINE_CODE } from './connect-within.ts';

/** `opening`: until response headers. `streaming`: while the body is read. */
export type Phase = 'opening' | 'streaming';

const MAX_CAUSES = 6;
/** Decompression, and HTTP/1.1 framing that breaks in the body. */
const BROKEN_BODY = /^(Z_|ERR_BROTLI|ERR__ERROR_FORMAT|ERR_ZSTD|HPE_)/;
const CONNECT_DEADLINES = new Set<string>([CONNECT_DEADLINE_CODE, 'UND_ERR_CONNECT_TIMEOUT', 'ETIMEDOUT']);

/** Names what a broken connection means, by the codes along its `cause` chain. Ours and undici's only; provider answers come elsewhere. */
export function transportReason(cause: unknown, phase: Phase): FailureReason {
  const links = causeChain(cause);
  return phase === 'opening' ? openingReason(links) : streamingReason(links);
}

function openingReason(links: readonly CauseLink[]): FailureReason {
  if (links.some((link) => CONNECT_DEADLINES.has(link.code))) return 'connect-timeout';
  if (links.some((link) => link.code === 'UND_ERR_HEADERS_TIMEOUT')) return 'headers-timeout';
  // undici tells a refused redirect by its text alone; the fault catalogue's redirect entry holds this line.
  if (links.some((link) => link.message === 'unexpected redirect')) return 'misdirected';
  if (links.some((link) => link.code === 'ERR_INVALID_URL' || /unknown scheme|invalid url/i.test(link.message))) return 'misdirected';
  return 'unreachable';
}

function streamingReason(links: readonly CauseLink[]): FailureReason {
  if (links.some((link) => link.name === 'SyntaxError' || BROKEN_BODY.test(link.code))) return 'malformed';
  if (links.some((link) => link.code === 'UND_ERR_BODY_TIMEOUT')) return 'stalled';
  return 'cut';
}

interface CauseLink {
  readonly name: string;
  readonly code: string;
  readonly message: string;
}

/** The error and its causes, outermost first. The last one usually carries the system's code. */
export function causeChain(cause: unknown): readonly CauseLink[] {
  const links: CauseLink[] = [];
  for (let link = cause; link instanceof Error && links.length < MAX_CAUSES; link = link.cause) {
    const code = readValue(link, 'code');
    links.push({ name: link.name, code: typeof code === 'string' ? code : '', message: link.message });
  }
  return links;
}

/** The innermost code or text of a broken connection, for operators: `ECONNREFUSED`. A parser's text is left out: it quotes the stream. */
export function transportDetail(cause: unknown): string {
  const links = causeChain(cause).toReversed();
  const ours = links.find((link) => link.code === CONNECT_DEADLINE_CODE);
  if (ours !== undefined) return ours.message;
  if (links.some((link) => link.name === 'SyntaxError')) return 'a chunk that is not JSON';
  return links.find((link) => link.code !== '')?.code ?? links[0]?.message ?? String(cause);
}
