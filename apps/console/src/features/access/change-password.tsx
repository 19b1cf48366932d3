import { useActionState, useState } from 'react';
import { useAgentClient } from '../../desk/agent-context.tsx';
import { useNotify } from '../../desk/notices.tsx';
import { Button } from '../../parts/button.tsx';
import { TextField } from '../../parts/field.tsx';
import styles from './access.module.css';
import { PasswordStrength } from './password-strength.tsx';
import { Problem } from './problem.tsx';
import { refusalWords } from './refusal-words.ts';

/** The server ends every other session of this agent with the old password. */
export function ChangePassword() {
  const client = useAgentClient();
  const notify = useNotify();
  const [password, setPassword] = useState('');
  const [problem, submit, isBusy] = useActionState(async (_before: string | null, form: FormData) => {
    const failure = await client.changePassword(String(form.get('current') ?? ''), String(form.get('next') ?? ''));
    if (failure) return refusalWords(failure);
    setPassword('');
    notify('Your password is changed. Other devices are signed out.', 'good');
    return null;
  }, null);
  return (
    <form className={styles.form} action={submit}>
      <Problem text={problem} />
      <TextField label="Current password" name="current" type="password" autoComplete="current-password" required />
      <TextField
        label="New password"
        name="next"
        type="password"
        autoComplete="new-password"
        minLength={12}
        maxLength={200}
        hint="At least 12 characters."
        onChange={(event) => setPassword(event.target.value)}
        required
      />
      <PasswordStrength password={password} />
      <div>
        <Button type="submit" isBusy={isBusy}>
          Change password
        </Button>
      </div>
    </form>
  );
}
