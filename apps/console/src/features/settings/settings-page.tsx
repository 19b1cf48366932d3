import type { ReactNode } from 'react';
import { useAgentClient, useMe } from '../../desk/agent-context.tsx';
import { chime } from '../../desk/chime.ts';
import { useNotify } from '../../desk/notices.tsx';
import { type Theme, usePreferences, usePreferencesStore } from '../../desk/preferences.tsx';
import { Button } from '../../parts/button.tsx';
import { Switch } from '../../parts/field.tsx';
import { LeaveIcon } from '../../parts/icons.tsx';
import { Card, Page } from '../../parts/page.tsx';
import { LabelsCard } from './labels-card.tsx';
import { RepliesCard } from './replies-card.tsx';
import styles from './settings.module.css';

const THEMES: readonly { readonly theme: Theme; readonly label: string }[] = [
  { theme: 'light', label: 'Light' },
  { theme: 'dark', label: 'Dark' },
  { theme: 'system', label: 'Like the system' },
];

export function SettingsPage({ password }: { readonly password: ReactNode }) {
  const client = useAgentClient();
  const me = useMe();
  return (
    <Page
      title="Settings"
      lead={
        <>
          {me.name}, {me.email}
        </>
      }
      actions={
        <Button icon={<LeaveIcon size={16} />} onClick={() => void client.signOut()}>
          Sign out
        </Button>
      }
    >
      <div className={styles.columns}>
        <div className={styles.column}>
          <Card title="Appearance" hint="On this device.">
            <ThemeChoice />
          </Card>
          <Card title="Calls for attention" hint="When a customer asks for a person, answers you, or the ladder steps down.">
            <Calls />
          </Card>
        </div>
        <div className={styles.column}>
          <RepliesCard />
          <LabelsCard />
          <Card title="Password">{password}</Card>
        </div>
      </div>
    </Page>
  );
}

function ThemeChoice() {
  const { theme } = usePreferences();
  const preferences = usePreferencesStore();
  return (
    <fieldset className={styles.themes}>
      <legend className="visually-hidden">Theme</legend>
      {THEMES.map((choice) => (
        <label key={choice.theme}>
          <input
            type="radio"
            name="theme"
            value={choice.theme}
            checked={theme === choice.theme}
            onChange={() => preferences.change({ theme: choice.theme })}
          />
          <span className={styles.swatch} data-theme-choice={choice.theme} aria-hidden="true" />
          {choice.label}
        </label>
      ))}
    </fieldset>
  );
}

function Calls() {
  const { hasSound, hasNotifications, hasSingleKeys } = usePreferences();
  const preferences = usePreferencesStore();
  const notify = useNotify();
  const setNotifications = async (isOn: boolean) => {
    if (!isOn) return preferences.change({ hasNotifications: false });
    const permission = 'Notification' in window ? await Notification.requestPermission() : 'denied';
    preferences.change({ hasNotifications: permission === 'granted' });
    if (permission !== 'granted')
      notify('The browser does not allow notifications for this site. Allow them in its settings first.', 'bad');
    return undefined;
  };
  return (
    <>
      <Switch
        label="Sound"
        hint="Two soft notes."
        isOn={hasSound}
        onChange={(isOn) => {
          preferences.change({ hasSound: isOn });
          if (isOn) chime('high');
        }}
      />
      <Switch
        label="Desktop notifications"
        hint="Only while you look at another window."
        isOn={hasNotifications}
        onChange={(isOn) => void setNotifications(isOn)}
      />
      <Switch
        label="Single-key shortcuts"
        hint="J, K, X, T, B, E and others without Ctrl. Switch off if you use speech input."
        isOn={hasSingleKeys}
        onChange={(isOn) => preferences.change({ hasSingleKeys: isOn })}
      />
    </>
  );
}
