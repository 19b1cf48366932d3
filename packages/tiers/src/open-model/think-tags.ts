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
  let state: 'start' | 'thinking' | 'gap' | 'text' = 'start';
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
    state = 'gap';
    held = held.slice(at + CLOSE.length);
    return [...thinking(false), ...inGap()];
  }

  /** Blank space between thinking and answer belongs to neither. */
  function inGap(): readonly ReadEvent[] {
    held = held.trimStart();
    return held === '' ? [] : asText();
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
      switch (state) {
        case 'start':
          return atStart();
        case 'thinking':
          return insideThinking();
        case 'gap':
          return inGap();
        case 'text':
          return asText();
      }
    },
    end: () => (state === 'thinking' ? [] : asText()),
  };
}
