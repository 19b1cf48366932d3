import type { AttemptOutcome } from '@stepdown/kernel';
import { failed } from '../failure/outcome.ts';
import { parseJson } from '../json.ts';

/** Enough for any error body; a maintenance page may be larger and is only quoted. */
const MAX_BODY_LENGTH = 4_096;

/**
 * What a successful response means that is no event stream: the error its JSON names, else malformed.
 * undefined when the body is, or may be, an event stream. Both SDKs report success on all of these.
 */
export async function wrongBodyOutcome(
  response: Response,
  outcomeOfBody: (body: unknown) => AttemptOutcome | undefined,
): Promise<AttemptOutcome | undefined> {
  if (response.status === 204 || response.body === null) return failed('empty', `HTTP ${response.status} without a body`);
  const mediaType = response.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (mediaType === '' || mediaType === 'text/event-stream') return undefined;
  const body = await readStart(response.body);
  return outcomeOfBody(parseJson(body)) ?? failed('malformed', `HTTP ${response.status} ${mediaType} instead of a stream: ${body}`);
}

/** Never throws: a body that breaks is quoted as far as it came. */
async function readStart(body: ReadableStream<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let text = '';
  try {
    while (text.length < MAX_BODY_LENGTH) {
      const { done, value } = await reader.read();
      if (done) break;
      text += decoder.decode(value, { stream: true });
    }
    await reader.cancel();
  } catch {
    // The status and media type already say that this is no answer.
  }
  return text;
}
