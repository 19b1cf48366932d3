import type { ScriptEntry, WireScript } from '@stepdown/simulator';

/** What the healthy tier says; shares no word order with the catalogue's own answer, so that a mixture shows. */
export const FALLBACK_TEXT = 'Open your account page, press “New password”, and follow the link in the e-mail.';
/** What the scripts of the fault catalogue say when they get to their end. */
export const CATALOGUE_TEXT = 'You can reset your password from the sign-in page: choose "Forgot password".';
export const CATALOGUE_UNICODE_TEXT = 'Grüße 👋🏽 — natürlich 日本語';

const GAP_MS = 8;

/** A healthy provider for the two dialects that stand behind a broken tier. */
export const HEALTHY: ScriptEntry = {
  id: 'healthy-fallback',
  wire: { 'openai-responses': responses(FALLBACK_TEXT), 'openai-chat': chat(FALLBACK_TEXT) },
};

function responses(text: string): WireScript {
  const event = (type: string, fields: object): string => `event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`;
  const response = { id: 'resp_healthy', model: 'gpt-healthy', output: [] };
  return stream([
    event('response.created', { response: { ...response, status: 'in_progress' } }),
    ...pieces(text).map((delta) => event('response.output_text.delta', { item_id: 'msg', output_index: 0, content_index: 0, delta })),
    event('response.completed', { response: { ...response, status: 'completed', usage: { input_tokens: 9, output_tokens: 9 } } }),
  ]);
}

function chat(text: string): WireScript {
  const chunk = (delta: object, finishReason: string | null = null): string =>
    `data: ${JSON.stringify({ id: 'chat', object: 'chat.completion.chunk', model: 'open-healthy', choices: [{ index: 0, delta, finish_reason: finishReason }] })}\n\n`;
  return stream([
    chunk({ role: 'assistant', content: '' }),
    ...pieces(text).map((content) => chunk({ content })),
    chunk({}, 'stop'),
    'data: [DONE]\n\n',
  ]);
}

function stream(events: readonly string[]): WireScript {
  const chunks = events.map((text) => ({ afterMs: GAP_MS, text }));
  return { attempts: [{ headersAfterMs: 20, status: 200, headers: { 'content-type': 'text/event-stream' }, chunks, end: 'end' }] };
}

function pieces(text: string): readonly string[] {
  return text.match(/\S+\s*/g) ?? [];
}
