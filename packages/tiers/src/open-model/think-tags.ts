import { delta, type ReadEvent, thinking } from '../stream/stream-reader.ts';

export interface ThinkTagReader {
  read(content: string): readonly ReadEvent[];
  /** Text still held back when the stream ends. */
  end(): readonly ReadEvent[];
}

const OPEN = '<think>';
const CLOSE = '</think>';

/**
 * Separates thinking that a server leaves in the text (`<think>…</think>` at the start) from the visible answer.
 * Servers that parse it themselves send `reasoning_content` instead; then this passes everything on.
 */
export function createThinkTagReader(): ThinkTagReader {
  let state: 'start' | 'thinking' | 'text' = 'start';
  let held = '';

  function atStart(): readonly ReadEvent[] {
    const trimmed = held.trimStart();
    if (trimmed.startsWith(OPEN)) {
      state = 'thinking';
      held = trimmed.slice(OPEN.length);
      return [...thinking(true), ...insideThinking()];
    }
    if (OPEN.startsWith(trimmed)) return [];
    return asText();
  }

  function insideThinking(): readonly ReadEvent[] {
    const at = held.indexOf(CLOSE);
    if (at === -1) {
      // Only what could be the beginning of the closing tag matters.
      held = held.slice(-CLOSE.length);
      return [];
    }
    held = held.slice(at + CLOSE.length).trimStart();
    return [...thinking(false), ...asText()];
  }

  function asText(): readonly ReadEvent[] {
    state = 'text';
    const text = held;
    held = '';
    return delta(text);
  }

  return {
    read(content) {
      held += content;
      if (state === 'start') return atStart();
      return state === 'thinking' ? insideThinking() : asText();
    },
    end: () => (state === 'thinking' ? [] : asText()),
  };
}
