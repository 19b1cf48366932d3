import type { IncomingMessage } from 'node:http';

/** Anthropic's documented limit for the Messages API; OpenAI's is larger. */
const LARGEST_BODY_BYTES = 32 * 1024 * 1024;

export interface Body {
  readonly text: string;
  readonly isTooLarge: boolean;
}

/** Reads a request to its end, or to where its client left. What lies beyond the limit is dropped. */
export async function readBody(request: IncomingMessage): Promise<Body> {
  const parts: Buffer[] = [];
  let size = 0;
  request.on('data', (part: Buffer) => {
    size += part.length;
    if (size <= LARGEST_BODY_BYTES) parts.push(part);
  });
  await new Promise<void>((resolve) => {
    request.once('end', resolve);
    request.once('close', resolve);
  });
  return { text: Buffer.concat(parts).toString(), isTooLarge: size > LARGEST_BODY_BYTES };
}
