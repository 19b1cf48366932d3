import { useActionState, useState } from 'react';
import { useAgentClient } from '../../desk/agent-context.tsx';
import { Button } from '../../parts/button.tsx';
import { TextField } from '../../parts/field.tsx';
import styles from './access.module.css';
import { AccessFrame } from './access-frame.tsx';
import { PasswordStrength } from './password-strength.tsx';
import { Problem } from './problem.tsx';
import { refusalWords } from './refusal-words.ts';

interface SetUpState {
  readonly problem: string | null;
  readonly name: string;
  readonly email: string;
}

/** Redeems a set-up link (the first admin) or an invitation; both come as one token. */
export function SetUp({ token, onDone }: { readonly token: string; readonly onDone: () => void }) {
  const client = useAgentClient();
  const [password, setPassword] = useState('');
  const [state, submit, isBusy] = useActionState(
    async (_before: SetUpState, form: FormData): Promise<SetUpState> => {
      const name = String(form.get('name') ?? '').trim();
      const email = String(form.get('email') ?? '').trim();
      const failure = await client.redeem({ token, name, email, password: String(form.get('password') ?? '') });
      if (failure === null) onDone();
      return { problem: failure && refusalWords(failure), name, email };
    },
    { problem: null, name: '', email: '' },
  );
  return (
    <AccessFrame title="Create your account" lead="Customers see your name when you answer them. Your e-mail is only for signing in.">
      <form className={styles.form} action={submit}>
        <Problem text={state.problem} />
        <TextField label="Your name" name="name" autoComplete="name" maxLength={80} defaultValue={state.name} required />
        <TextField
          label="E-mail"
          name="email"
          type="email"
          autoComplete="username"
          defaultValue={state.email}
          hint="If you were invited, your account uses the address the invitation was made for."
          required
        />
        <TextField
          label="Password"
          name="password"
          type="password"
          autoComplete="new-password"
          minLength={12}
          maxLength={200}
          hint="At least 12 characters. Four unrelated words are easy to remember and hard to guess."
          onChange={(event) => setPassword(event.target.value)}
          required
        />
        <PasswordStrength password={password} />
        <Button tone="primary" type="submit" isBusy={isBusy}>
          Create account
        </Button>
      </form>
    </AccessFrame>
  );
}
