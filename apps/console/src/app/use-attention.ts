import type { Attention } from '@stepdown/client/agent';
import { useEffect, useEffectEvent } from 'react';
import { useLocation } from 'wouter';
import { useAgentClient } from '../desk/agent-context.tsx';
import { chime } from '../desk/chime.ts';
import { useNotify } from '../desk/notices.tsx';
import { usePreferences } from '../desk/preferences.tsx';
import { tierName } from '../parts/tiers.ts';
import { visitorName } from '../parts/visitor-name.ts';
import { paths } from './paths.ts';

/** Calls the agent who looks elsewhere, by sound and notification, each only where it was asked for. */
export function useAttention(): void {
  const client = useAgentClient();
  const { hasSound, hasNotifications } = usePreferences();
  const [, navigate] = useLocation();
  const notify = useNotify();
  const call = useEffectEvent((attention: Attention) => {
    // A colleague waits for this agent, wherever in the console: that is said without being asked for.
    if (attention.kind === 'mention') {
      const { title, body, to } = describe(attention);
      notify(`${title}: ${body}`, 'calm', { label: 'Open', run: () => navigate(to) });
    }
    if (hasSound) chime(attention.kind === 'stepped-down' ? 'low' : 'high');
    if (!hasNotifications || document.hasFocus() || !('Notification' in window) || Notification.permission !== 'granted') return;
    const { title, body, tag, to } = describe(attention);
    const notification = new Notification(title, { body, tag });
    notification.onclick = () => {
      window.focus();
      navigate(to);
      notification.close();
    };
  });
  useEffect(() => client.onAttention((attention) => call(attention)), [client]);
}

function describe(attention: Attention): { readonly title: string; readonly body: string; readonly tag: string; readonly to: string } {
  if (attention.kind === 'stepped-down') {
    return { title: `${tierName(attention.to)} answers now`, body: attention.cause, tag: 'ladder', to: paths.ladder };
  }
  if (attention.kind === 'mention') {
    const { id, conversationId, authorName, text } = attention.note;
    return { title: `${authorName} mentions you`, body: text.slice(0, 140), tag: id, to: paths.conversation('all', conversationId) };
  }
  const { conversation, kind } = attention;
  const name = visitorName(conversation);
  return {
    title: kind === 'reply' ? `${name} answered` : `${name} asks for a person`,
    body: conversation.preview,
    tag: conversation.id,
    to: paths.conversation(kind === 'reply' ? 'mine' : 'queue', conversation.id),
  };
}
