import { useLocation } from 'wouter';
import { useAgentClient, useRights } from '../desk/agent-context.tsx';
import { type Theme, usePreferencesStore } from '../desk/preferences.tsx';
import { VIEWS } from '../features/inbox/views.ts';
import type { Command } from '../features/palette/command-palette.tsx';
import { paths } from './paths.ts';

const THEMES: readonly Theme[] = ['light', 'dark', 'system'];

/** Everything that can be done from anywhere. */
export function useCommands({ onKeys }: { readonly onKeys: () => void }): readonly Command[] {
  const client = useAgentClient();
  const preferences = usePreferencesStore();
  const { isAdmin, isEditor } = useRights();
  const [, navigate] = useLocation();
  const go = (to: string) => () => navigate(to);
  return [
    ...VIEWS.map(({ view, label }) => ({ id: `view-${view}`, group: 'Inbox', label: `Inbox: ${label}`, run: go(paths.inbox(view)) })),
    { id: 'ladder', group: 'Go to', label: 'Ladder', keys: 'g l', run: go(paths.ladder) },
    ...(isEditor ? [{ id: 'faq', group: 'Go to', label: 'FAQ', keys: 'g f', run: go(paths.faq) }] : []),
    ...(isAdmin ? [{ id: 'team', group: 'Go to', label: 'Team', keys: 'g t', run: go(paths.team) }] : []),
    { id: 'reports', group: 'Go to', label: 'Reports', keys: 'g p', run: go(paths.reports) },
    { id: 'settings', group: 'Go to', label: 'Settings', keys: 'g s', run: go(paths.settings) },
    { id: 'keys', group: 'Help', label: 'Keyboard shortcuts', keys: '?', run: onKeys },
    ...THEMES.map((theme) => ({
      id: `theme-${theme}`,
      group: 'Theme',
      label: `Theme: ${theme}`,
      run: () => preferences.change({ theme }),
    })),
    { id: 'sign-out', group: 'Account', label: 'Sign out', run: () => void client.signOut() },
  ];
}
