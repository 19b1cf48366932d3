import { ChangePassword } from '../features/access/change-password.tsx';
import { SettingsPage } from '../features/settings/settings-page.tsx';

/** The password belongs to access, everything else to settings; a page shows both. */
export default function Settings() {
  return <SettingsPage password={<ChangePassword />} />;
}
