import type { FaqEntryDetail, FaqLocaleView, FaqSaved } from '@stepdown/protocol';
import { useState } from 'react';
import { Link, useSearchParams } from 'wouter';
import { useNotify } from '../../../desk/notices.tsx';
import { dayWords, timeOfDay } from '../../../desk/times.ts';
import { BackIcon } from '../../../parts/icons.tsx';
import { Page } from '../../../parts/page.tsx';
import { faqPaths } from '../desk/faq-paths.ts';
import { languageName } from '../desk/languages.ts';
import { usePulse } from '../desk/pulse.tsx';
import { ReadState } from '../desk/read-state.tsx';
import { useFaq } from '../desk/use-faq.ts';
import { type Reading, useRead } from '../desk/use-read.ts';
import { Visible } from '../desk/visible.tsx';
import { ArchivedPanel } from './archived-panel.tsx';
import styles from './edit-page.module.css';
import { EntryEditor } from './entry-editor.tsx';
import { emptyForm, formOf } from './entry-form.ts';
import { keptName, useKeptTexts } from './kept-texts.ts';
import { LocaleTabs } from './locale-tabs.tsx';

/** An entry that is there, in one of its languages or one it should have. */
export function EditPage({ entryId }: { readonly entryId: string }) {
  const faq = useFaq();
  const reading = useRead(entryId, () => faq.entry(entryId));
  return (
    <ReadState reading={reading} waiting="Reading the entry…">
      {(detail) => <Entry detail={detail} reading={reading} />}
    </ReadState>
  );
}

function Entry({ detail, reading }: { readonly detail: FaqEntryDetail; readonly reading: Reading<FaqEntryDetail> }) {
  const [query] = useSearchParams();
  const locale =
    query.get('locale') ??
    (detail.locales.find((each) => each.locale === detail.sourceLocale) ?? detail.locales[0])?.locale ??
    detail.sourceLocale;
  const view = detail.locales.find((each) => each.locale === locale);
  const newest = view?.draft ?? view?.live;
  const [version, setVersion] = useState(0);
  const pulse = usePulse();
  const onSaved = useOnSaved(detail.id, reading);
  /** Reads first, opens after: an editor that opens on the old text would offer it as the newest. */
  const onFresh = async () => {
    await reading.reload();
    setVersion((before) => before + 1);
    void pulse.reload();
  };
  const title = view?.question ?? detail.locales[0]?.question ?? detail.id;
  return (
    <Page
      title="Edit an entry"
      lead={
        <span className={styles.lead}>
          <Link href={faqPaths.list} className={styles.back}>
            <BackIcon size={15} /> All entries
          </Link>
          <code>{detail.id}</code>
          <Visible text={title} />
        </span>
      }
    >
      <LocaleTabs detail={detail} current={locale} />
      {detail.conflicts.map(({ id, locale: where, path }) => (
        <p key={id} className={styles.conflict} role="status">
          <span>
            In {languageName(where)} the file <Visible text={path} /> and the console say different things.
          </span>
          <Link href={faqPaths.conflict(id)}>Compare and decide</Link>
        </p>
      ))}
      {view?.state === 'archived' && !view.hasDraft ? (
        <ArchivedPanel detail={detail} view={view} onFresh={() => void onFresh()} />
      ) : (
        <EntryEditor
          key={`${locale} ${version}`}
          detail={detail}
          idOf={() => detail.id}
          locale={locale}
          keptUnder={keptName(detail.id, locale)}
          opened={{ revision: view?.revision ?? 0, form: newest == null ? emptyForm : formOf(newest.content) }}
          phrasing={version === 0 ? query.get('phrasing') : null}
          standing={standingOf(view)}
          onSaved={onSaved}
          onFresh={() => void onFresh()}
        />
      )}
    </Page>
  );
}

/** A gap that was filled with this entry is closed when the entry is live. */
function useOnSaved(entryId: string, reading: Reading<FaqEntryDetail>): (saved: FaqSaved) => void {
  const faq = useFaq();
  const kept = useKeptTexts();
  const pulse = usePulse();
  const notify = useNotify();
  return ({ revision }) => {
    void reading.reload();
    void pulse.reload();
    const name = keptName(entryId, revision.locale);
    const gapId = kept.gap(name);
    if (revision.status !== 'published' || gapId === null) return;
    kept.keepGap(name, null);
    void faq.dismissGap(gapId).then((answer) => notify(answer.ok ? 'The gap is closed.' : answer.error.message));
  };
}

function standingOf(view: FaqLocaleView | undefined): string {
  if (view === undefined) return 'Not written in this language yet.';
  const by = `${view.author === 'file' ? 'changed on disk' : `by ${view.author}`}, ${whenWords(view.at)}`;
  if (view.state === 'expired') return `Offline since ${view.expires}, its last day.`;
  if (view.state === 'draft') return `Draft, never published, ${by}.`;
  return view.hasDraft ? `Draft ${by}; the text before is live.` : `Live, ${by}.`;
}

function whenWords(at: number): string {
  const day = dayWords(at, Date.now());
  return day === 'Today' ? timeOfDay(at) : day;
}
