import type { FaqConflictView } from '@stepdown/protocol';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { useNotify } from '../../../desk/notices.tsx';
import { fullTime } from '../../../desk/times.ts';
import { Button } from '../../../parts/button.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { BackIcon, CheckIcon } from '../../../parts/icons.tsx';
import { Card, Page } from '../../../parts/page.tsx';
import { DiffLines } from '../desk/diff-lines.tsx';
import { faqPaths } from '../desk/faq-paths.ts';
import { languageName } from '../desk/languages.ts';
import { usePulse } from '../desk/pulse.tsx';
import { ReadState } from '../desk/read-state.tsx';
import { differingFields, merged, type Picks, SideBySide } from '../desk/side-by-side.tsx';
import { TextAreaField } from '../desk/text-area-field.tsx';
import { useFaq } from '../desk/use-faq.ts';
import { Visible } from '../desk/visible.tsx';
import edit from '../editor/edit-page.module.css';
import { contentOf, type EntryForm, formOf, isSameForm } from '../editor/entry-form.ts';
import { Preview } from '../editor/preview.tsx';
import styles from './conflict-page.module.css';

/** A file and the console went apart. Both texts, and a decision. */
export function ConflictPage({ conflictId }: { readonly conflictId: string }) {
  const pulse = usePulse();
  return (
    <ReadState reading={pulse} waiting="Reading both texts…">
      {({ conflicts }) => {
        const conflict = conflicts.find(({ id }) => id === conflictId);
        if (conflict !== undefined) return <Conflict key={conflict.latestRevision} conflict={conflict} />;
        return (
          <Empty icon={<CheckIcon size={24} />} title="This is settled" action={<Link href={faqPaths.list}>All entries</Link>}>
            File and console say the same again.
          </Empty>
        );
      }}
    </ReadState>
  );
}

function Conflict({ conflict }: { readonly conflict: FaqConflictView }) {
  const { entryId, locale, path, file, store, diff, live, detectedAt } = conflict;
  const [onDisk, inConsole] = [formOf(file), formOf(store.content)];
  const [picks, setPicks] = useState<Picks>({});
  const [edited, setEdited] = useState<string | null>(null);
  const chosen = merged(onDisk, inConsole, picks);
  const result: EntryForm = edited === null ? chosen : { ...chosen, answer: edited };
  const { isBusy, decide } = useDecision(conflict);
  const fields = differingFields(onDisk, inConsole);
  return (
    <Page
      title="Two versions"
      lead={
        <span className={edit.lead}>
          <Link href={faqPaths.list} className={edit.back}>
            <BackIcon size={15} /> All entries
          </Link>
          <code>{entryId}</code>
          {languageName(locale)}, noticed {fullTime(detectedAt)}. Customers get {live === 'file' ? 'the file' : 'the console’s text'} until
          you decide.
        </span>
      }
    >
      <Card
        title="Compare"
        hint={
          <>
            <Visible text={path} /> was changed on disk; <Visible text={store.author} /> wrote the{' '}
            {store.status === 'draft' ? 'draft' : 'text'} in the console, {fullTime(store.at)}.
          </>
        }
      >
        <div className={styles.compare}>
          <SideBySide
            first={{ title: 'File on disk', form: onDisk }}
            second={{ title: `Console, ${store.author}`, form: inConsole }}
            picks={Object.fromEntries(fields.map(({ name }) => [name, picks[name] ?? 'second']))}
            onPick={(name, side) => {
              setPicks({ ...picks, [name]: side });
              if (name === 'answer') setEdited(null);
            }}
          />
          <details>
            <summary>Line by line, from the console’s text to the file</summary>
            <DiffLines lines={diff} label="From the console’s text to the file" />
          </details>
        </div>
      </Card>
      <div className={styles.result}>
        <Card title="What will be published" hint="Both versions stay in the history.">
          <div className={styles.compare}>
            <TextAreaField
              label="Answer"
              rows={8}
              value={result.answer}
              lang={locale}
              dir="auto"
              onChange={(event) => setEdited(event.target.value)}
            />
            <div className={styles.actions}>
              <Button tone="primary" isBusy={isBusy} onClick={() => void decide(result, onDisk, inConsole)}>
                Publish this
              </Button>
              <Button onClick={() => void decide(onDisk, onDisk, inConsole)}>Use the file as it is</Button>
              <Button onClick={() => void decide(inConsole, onDisk, inConsole)}>Use the console’s text</Button>
            </div>
          </div>
        </Card>
        <Preview form={result} locale={locale} />
      </div>
    </Page>
  );
}

function useDecision(conflict: FaqConflictView) {
  const faq = useFaq();
  const notify = useNotify();
  const pulse = usePulse();
  const [, navigate] = useLocation();
  const [isBusy, setBusy] = useState(false);
  async function decide(result: EntryForm, onDisk: EntryForm, inConsole: EntryForm): Promise<void> {
    if (isBusy) return;
    setBusy(true);
    const choice = isSameForm(result, onDisk) ? 'file' : isSameForm(result, inConsole) ? 'store' : 'merged';
    const answer = await faq.resolve(conflict.id, {
      choice,
      baseRevision: conflict.latestRevision,
      ...(choice === 'merged' && { content: contentOf(result) }),
    });
    setBusy(false);
    notify(answer.ok ? 'Settled: live, and on disk.' : answer.error.message, answer.ok ? 'good' : 'bad');
    await pulse.reload();
    if (answer.ok) navigate(faqPaths.entry(conflict.entryId, conflict.locale), { replace: true });
  }
  return { isBusy, decide };
}
