import type { Note } from '@stepdown/conversation';
import type { Note as WireNote } from '@stepdown/protocol';

export function wireNote({ id, conversationId, authorName, text, createdAt, mentions }: Note): WireNote {
  return { id, conversationId, authorName, text, createdAt, mentions };
}
