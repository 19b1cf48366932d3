import type { CannedReply, TeamMember } from '@stepdown/protocol';
import { findReplies } from '../../desk/canned-replies.ts';

/** One line of the list over the text field. */
export interface Completion {
  readonly key: string;
  readonly title: string;
  readonly detail: string;
  /** What the whole text becomes. */
  readonly text: string;
  /** Agent who is mentioned by it. */
  readonly agentId?: string;
}

/** Saved replies, while the reply is nothing but `/word`. */
export function replyCompletions(text: string, replies: readonly CannedReply[], fill: (text: string) => string): readonly Completion[] {
  const slash = /^\/(\S*)$/.exec(text);
  if (slash === null) return [];
  return findReplies(replies, slash[1] ?? '').map((reply) => ({
    key: reply.id,
    title: `/${reply.shortcut}`,
    detail: reply.text,
    text: fill(reply.text),
  }));
}

/** Colleagues, while the note ends in `@name`. */
export function mentionCompletions(text: string, team: readonly TeamMember[], myId: string): readonly Completion[] {
  const at = /(^|\s)@([\p{L}\p{N}._-]*)$/u.exec(text);
  if (at === null) return [];
  const typed = (at[2] ?? '').toLowerCase();
  const before = text.slice(0, text.length - typed.length);
  return team
    .filter(
      ({ id, name }) =>
        id !== myId &&
        name
          .toLowerCase()
          .split(/\s+/)
          .some((word) => word.startsWith(typed)),
    )
    .map(({ id, name, isOnline, isAway }) => ({
      key: id,
      title: `@${name}`,
      detail: isOnline ? (isAway ? 'away' : 'online') : 'offline',
      text: `${before}${name} `,
      agentId: id,
    }));
}

/** Of the colleagues who were picked, those whose name still stands in the text. */
export function mentionedIds(text: string, picked: readonly string[], team: readonly TeamMember[]): readonly string[] {
  return [...new Set(picked)].filter((id) => {
    const name = team.find((member) => member.id === id)?.name;
    return name !== undefined && text.includes(`@${name}`);
  });
}
