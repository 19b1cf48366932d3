import { Button } from '../../../parts/button.tsx';
import { Dialog } from '../../../parts/dialog.tsx';
import { ReplayChanges } from '../try-out/replay.tsx';
import styles from './dialogs.module.css';
import type { Publishing } from './use-publish.ts';

/** Real questions that had an answer would lose it: somebody has to want that. */
export function PublishDialog({ publishing }: { readonly publishing: Publishing }) {
  const { doubt, confirm, cancel } = publishing;
  if (doubt === null) return null;
  const { replay, problem } = doubt;
  const broken = replay?.changes.filter(({ effect }) => effect === 'broken') ?? [];
  return (
    <Dialog title={replay === null ? 'Publish without a check?' : 'Publish and break answers?'} width="wide" onClose={cancel}>
      {replay === null ? (
        <p>The last questions could not be asked against this text: {problem}</p>
      ) : (
        <p>
          {broken.length === 1 ? 'One question' : `${broken.length} questions`} of the last {replay.asked} had a sure answer and would get
          another one or none. {replay.gained > 0 && `${replay.gained} would gain one.`}
        </p>
      )}
      {broken.length > 0 && <ReplayChanges changes={broken} />}
      <div className={styles.actions}>
        <Button tone="danger" onClick={() => void confirm()}>
          Publish anyway
        </Button>
        <Button onClick={cancel}>Back to the text</Button>
      </div>
    </Dialog>
  );
}
