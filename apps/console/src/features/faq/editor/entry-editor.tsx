import type { FaqEntryDetail, FaqSaved } from '@stepdown/protocol';
import { type ReactNode, useEffect, useEffectEvent, useState } from 'react';
import { useNotify } from '../../../desk/notices.tsx';
import { usePulse } from '../desk/pulse.tsx';
import { ReplayCard } from '../try-out/replay.tsx';
import { TestPanel } from '../try-out/test-panel.tsx';
import { ActionBar } from './action-bar.tsx';
import styles from './entry-editor.module.css';
import { EntryFields } from './entry-fields.tsx';
import { contentOf, type EntryForm, type FormProblems, idProblem, problemsOf } from './entry-form.ts';
import { EntryTools } from './entry-tools.tsx';
import { LeaveDialog } from './leave-dialog.tsx';
import { Preview } from './preview.tsx';
import { PublishDialog } from './publish-dialog.tsx';
import { SaveConflictPanel } from './save-conflict.tsx';
import { SourceText } from './source-text.tsx';
import { Suggestions } from './suggestions.tsx';
import { type EntryTextOptions, useEntryText } from './use-entry-text.ts';
import { useLeaveGuard } from './use-leave-guard.ts';
import { usePublish } from './use-publish.ts';
import { Warnings } from './warnings.tsx';

export interface EntryEditorProps extends EntryTextOptions {
  /** Null for an entry that is not there yet. */
  readonly detail: FaqEntryDetail | null;
  readonly standing: string;
  /** Fields above the question, told what is wrong with the id once somebody has tried to save. */
  readonly head?: (form: EntryForm, problem: string | undefined) => ReactNode;
  readonly onSaved: (saved: FaqSaved) => void;
  /** What is on the server has been replaced: open it anew. */
  readonly onFresh: () => void;
}

/** One text in one language: written on the left, seen and tried on the right. */
export function EntryEditor(props: EntryEditorProps) {
  const { detail, locale, standing, head, onSaved, onFresh } = props;
  const text = useEntryText(props);
  const { entryId, form, change, conflict } = text;
  const notify = useNotify();
  const { value: pulse } = usePulse();
  const [problems, setProblems] = useState<FormProblems & { readonly id?: string }>({});
  const guard = useLeaveGuard(text.isUnsaved);
  const publishing = usePublish({
    text,
    entryId,
    locale,
    onPublished: (saved, gained) => {
      notify(
        gained > 0
          ? `Published and live. ${gained} recent ${gained === 1 ? 'question gets' : 'questions get'} an answer now.`
          : 'Published and live.',
        'good',
      );
      onSaved(saved);
    },
  });

  /** Shows what is wrong and puts the cursor there; true when nothing is. */
  function isReady(): boolean {
    const id = idProblem(entryId);
    const found = { ...problemsOf(form), ...(id !== undefined && { id }) };
    setProblems(found);
    const isFine = Object.keys(found).length === 0;
    if (!isFine) requestAnimationFrame(() => document.querySelector<HTMLElement>('#page [aria-invalid]')?.focus());
    return isFine;
  }
  async function saveDraft(): Promise<boolean> {
    if (!isReady()) return false;
    const saved = await text.save('draft');
    if (saved === null) return false;
    notify('Draft saved. Customers don’t see it.', 'good');
    onSaved(saved);
    return true;
  }
  const publish = () => {
    if (isReady()) void publishing.publish();
  };
  useSaveKeys({ onSave: () => void saveDraft(), onPublish: publish });
  const draft = () => ({ id: entryId === '' ? 'new-entry' : entryId, locale, content: contentOf(form) });

  return (
    <div className={styles.columns}>
      <section className={styles.main} aria-label="Text">
        {conflict !== null && (
          <SaveConflictPanel
            key={conflict.latest.revision}
            conflict={conflict}
            form={form}
            isNew={detail === null}
            onSettle={text.settle}
          />
        )}
        <Warnings saved={text.saved} />
        {detail !== null && <SourceText detail={detail} locale={locale} form={form} onCopy={change} />}
        {head?.(form, problems.id)}
        <EntryFields form={form} locale={locale} problems={problems} knownTags={pulse?.tags ?? []} onChange={change} />
        {detail !== null && <EntryTools detail={detail} locale={locale} text={text} onFresh={onFresh} />}
        <ActionBar
          text={text}
          isNew={detail === null}
          publishing={publishing}
          standing={standing}
          onSave={() => void saveDraft()}
          onPublish={publish}
          onDiscard={() => {
            text.discard();
            setProblems({});
            onFresh();
          }}
        />
      </section>
      <div className={styles.side}>
        <Preview form={form} locale={locale} />
        <TestPanel locale={locale} draft={draft} />
        <ReplayCard draft={draft} />
        {detail !== null && (
          <Suggestions
            detail={detail}
            locale={locale}
            variants={form.variants}
            onAdd={(phrasing) => change({ variants: [...form.variants, phrasing] })}
          />
        )}
      </div>
      {guard.isLeaving && <LeaveDialog guard={guard} onSave={saveDraft} />}
      <PublishDialog publishing={publishing} />
    </div>
  );
}

/** Ctrl or ⌘ with S saves a draft, with Enter publishes; also while typing. */
function useSaveKeys({ onSave, onPublish }: { readonly onSave: () => void; readonly onPublish: () => void }): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.isComposing) return;
    const action = event.key.toLowerCase() === 's' ? onSave : event.key === 'Enter' ? onPublish : undefined;
    if (action === undefined || document.querySelector('dialog[open]') !== null) return;
    event.preventDefault();
    action();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => press(event);
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
}
