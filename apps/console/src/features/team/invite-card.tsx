import type { Role } from '@stepdown/protocol';
import { useActionState, useState } from 'react';
import { useAgentClient } from '../../desk/agent-context.tsx';
import { useNotify } from '../../desk/notices.tsx';
import { fullTime } from '../../desk/times.ts';
import { useAnswer } from '../../desk/use-answer.ts';
import { Button } from '../../parts/button.tsx';
import { SelectField, TextField } from '../../parts/field.tsx';
import { CopyIcon } from '../../parts/icons.tsx';
import { Card } from '../../parts/page.tsx';
import { ROLES } from './roles.ts';
import styles from './team.module.css';

interface Invitation {
  readonly email: string | null;
  readonly role: Role;
  readonly createdAt: number;
  readonly expiresAt: number;
}

interface InviteState {
  readonly problem: string | null;
  readonly link: string | null;
}

/** Makes a link to hand over. It is shown once; the server keeps only its hash. */
export function InviteCard() {
  const { http } = useAgentClient();
  const pending = useAnswer<{ invitations: readonly Invitation[] }>('/api/agent/invitations');
  const [role, setRole] = useState<string>('agent');
  const [state, submit, isBusy] = useActionState(
    async (_before: InviteState, form: FormData): Promise<InviteState> => {
      const answer = await http.post<{ link: string }>('/api/agent/invitations', { email: String(form.get('email') ?? '').trim(), role });
      if (!answer.ok) return { problem: answer.error.message, link: null };
      await pending.reload();
      return { problem: null, link: new URL(answer.link, window.location.origin).href };
    },
    { problem: null, link: null },
  );
  return (
    <Card title="Invite somebody" hint="The link works once and for seven days.">
      <form className={styles.form} action={submit}>
        <TextField label="E-mail" name="email" type="email" autoComplete="off" error={state.problem ?? undefined} required />
        <SelectField
          label="Role"
          name="role"
          value={role}
          hint={ROLES.find((each) => each.role === role)?.may}
          onChange={(event) => setRole(event.target.value)}
        >
          {ROLES.map((each) => (
            <option key={each.role} value={each.role}>
              {each.label}
            </option>
          ))}
        </SelectField>
        <div>
          <Button tone="primary" type="submit" isBusy={isBusy}>
            Make a link
          </Button>
        </div>
      </form>
      {state.link !== null && <InviteLink link={state.link} />}
      {pending.value !== null && pending.value.invitations.length > 0 && (
        <>
          <h3 className={styles.sub}>Not yet accepted</h3>
          <ul className={styles.pending}>
            {pending.value.invitations.map((invitation) => (
              <li key={`${invitation.email} ${invitation.createdAt}`}>
                <span>{invitation.email}</span>
                <span title={fullTime(invitation.expiresAt)}>{invitation.role}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </Card>
  );
}

function InviteLink({ link }: { readonly link: string }) {
  const notify = useNotify();
  const copy = () => {
    navigator.clipboard.writeText(link).then(
      () => notify('The link is copied.', 'good'),
      () => notify('The browser does not allow copying. Select the link and copy it yourself.', 'bad'),
    );
  };
  return (
    <div className={styles.link} role="status">
      <p>Send this link yourself. It is not shown again.</p>
      <div>
        <input aria-label="Invitation link" readOnly value={link} onFocus={(event) => event.target.select()} />
        <Button icon={<CopyIcon size={16} />} onClick={copy}>
          Copy
        </Button>
      </div>
    </div>
  );
}
