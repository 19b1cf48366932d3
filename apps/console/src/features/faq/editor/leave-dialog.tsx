import { Button } from '../../../parts/button.tsx';
import { Dialog } from '../../../parts/dialog.tsx';
import styles from './dialogs.module.css';
import type { LeaveGuard } from './use-leave-guard.ts';

interface LeaveDialogProps {
  readonly guard: LeaveGuard;
  /** Saves a draft; resolves to whether it was saved. */
  readonly onSave: () => Promise<boolean>;
}

export function LeaveDialog({ guard, onSave }: LeaveDialogProps) {
  return (
    <Dialog title="Leave without saving?" onClose={guard.stay}>
      <p>What you typed is not saved. It stays on this device and is here again when you come back, but nobody else can see it.</p>
      <div className={styles.actions}>
        <Button
          tone="primary"
          onClick={async () => {
            if (await onSave()) guard.leave();
            else guard.stay();
          }}
        >
          Save a draft and leave
        </Button>
        <Button onClick={guard.leave}>Leave</Button>
        <Button tone="quiet" onClick={guard.stay}>
          Stay
        </Button>
      </div>
    </Dialog>
  );
}
