import { useActionState } from 'react';
import { useAgentClient } from '../../desk/agent-context.tsx';
import { Button } from '../../parts/button.tsx';
import { TextField } from '../../parts/field.tsx';
import styles from './access.module.css';
import { AccessFrame } from './access-frame.tsx';
import { Problem } from './problem.tsx';
import { refusalWords } from './refusal-words.ts';

/** `because`: why nobody is signed in; an ended session says that typed replies are kept. */
export function SignIn({ because }: { readonly because: 'never-signed-in' | 'left' | 'expired' }) {
  const client = useAgentClient();
  const [state, submit, isBusy] = useActionState(
    async (_before: { problem: string | null; email: string }, form: FormData) => {
      const email = String(form.get('email') ?? '').trim();
      const failure = await client.signIn(email, String(form.get('password') ?? ''));
      return { problem: failure && refusalWords(failure), email };
    },
    { problem: null, email: '' },
  );
  return (
    <AccessFrame title="Sign in" lead={because === 'left' ? 'You have signed out.' : 'Answer customers, and see what answers for you.'}>
      {because === 'expired' && (
        <p className={styles.kept} role="status">
          Your session has ended. Sign in to go on where you were; what you typed is kept.
        </p>
      )}
      <form className={styles.form} action={submit}>
        <Problem text={state.problem} />
        <TextField label="E-mail" name="email" type="email" autoComplete="username" defaultValue={state.email} required />
        <TextField label="Password" name="password" type="password" autoComplete="current-password" required />
        <Button tone="primary" type="submit" isBusy={isBusy}>
          Sign in
        </Button>
      </form>
    </AccessFrame>
  );
}
