import { type Log, messageOf, type Result } from '@stepdown/kernel';
import type { ErrorCode, WireError } from '@stepdown/protocol';
import type { z } from 'zod';

/** An acknowledgement of any command, before it is known which. */
export type Answer = ({ readonly ok: true } & Readonly<Record<string, unknown>>) | { readonly ok: false; readonly error: WireError };

const SENTENCES: Readonly<Partial<Record<ErrorCode, string>>> = {
  not_found: 'There is no such conversation or message.',
  conflict: 'Somebody else changed this first. Reload and try again.',
  closed: 'This conversation is closed.',
  forbidden: 'Your role may not do this; ask an admin.',
  unavailable: 'The server is restarting. Your message is safe; trying again shortly.',
};

export function refusal(code: ErrorCode, extra: Partial<WireError> = {}): Answer {
  return { ok: false, error: { code, message: SENTENCES[code] ?? 'This could not be done.', ...extra } };
}

/** Names the first wrong field; a text over the limit has its own code, so that the widget can say it in words. */
export function invalid(error: z.ZodError): Answer {
  const issue = error.issues[0];
  const field = issue?.path.join('.') ?? '';
  if (issue?.code === 'too_big' && field === 'text')
    return refusal('too_long', { message: 'The text is too long; 4,000 characters at most.' });
  return refusal('invalid', { message: `${field === '' ? 'payload' : field}: ${issue?.message ?? 'is not valid'}` });
}

export function answerOf<Value, Failure extends ErrorCode>(result: Result<Value, Failure>, toAnswer: (value: Value) => object): Answer {
  return result.ok ? { ok: true, ...toAnswer(result.value) } : refusal(result.error);
}

export interface CommandPorts {
  readonly log: Log;
  readonly newErrorId: () => string;
}

/** Runs a command so that nothing it throws reaches the wire: the customer gets an id, the log the rest (D39). */
export async function settle(ports: CommandPorts, event: string, run: () => Promise<Answer> | Answer): Promise<Answer> {
  try {
    return await run();
  } catch (cause) {
    const errorId = ports.newErrorId();
    ports.log.error({ event, errorId, cause: messageOf(cause) }, 'A command failed.');
    return refusal('unavailable', { message: 'Something went wrong on our side. Please try again.', errorId });
  }
}
