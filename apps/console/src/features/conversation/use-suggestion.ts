import type { SuggestionView } from '@stepdown/protocol';
import { useState } from 'react';
import { useAgentClient } from '../../desk/agent-context.tsx';
import { useNotify } from '../../desk/notices.tsx';

export interface SuggestionState {
  readonly isBusy: boolean;
  readonly suggestion: SuggestionView | null;
  readonly ask: () => void;
  readonly dismiss: () => void;
}

/** What a model, or the FAQ without one, would answer here. Asked for by the agent, never by itself: it costs. */
export function useSuggestion(conversationId: string): SuggestionState {
  const { http } = useAgentClient();
  const notify = useNotify();
  const [asked, setAsked] = useState<{ readonly conversationId: string; readonly suggestion: SuggestionView | null } | null>(null);
  const current = asked?.conversationId === conversationId ? asked : null;
  const isBusy = current !== null && current.suggestion === null;
  const ask = async () => {
    if (isBusy) return;
    setAsked({ conversationId, suggestion: null });
    const answer = await http.post<SuggestionView>(`/api/agent/conversations/${encodeURIComponent(conversationId)}/suggest`);
    if (!answer.ok) notify(answer.error.message, 'bad');
    const next = answer.ok ? { conversationId, suggestion: answer } : null;
    // Another conversation may have been asked about meanwhile.
    setAsked((before) => (before?.conversationId === conversationId ? next : before));
  };
  return { isBusy, suggestion: current?.suggestion ?? null, ask: () => void ask(), dismiss: () => setAsked(null) };
}
