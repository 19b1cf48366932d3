import type { FaqSaved } from '@stepdown/protocol';
import { useState } from 'react';
import { Link, useLocation, useSearchParams } from 'wouter';
import { useNotify } from '../../../desk/notices.tsx';
import { SelectField, TextField } from '../../../parts/field.tsx';
import { BackIcon } from '../../../parts/icons.tsx';
import { Page } from '../../../parts/page.tsx';
import { faqPaths } from '../desk/faq-paths.ts';
import { languageName, WIDGET_LANGUAGES } from '../desk/languages.ts';
import { usePulse } from '../desk/pulse.tsx';
import { useFaq } from '../desk/use-faq.ts';
import edit from './edit-page.module.css';
import editor from './entry-editor.module.css';
import { EntryEditor } from './entry-editor.tsx';
import { emptyForm, idFor } from './entry-form.ts';
import { keptName, newName, useKeptTexts } from './kept-texts.ts';

/** An entry that is not there yet; begun empty, or from a gap. */
export function NewEntryPage() {
  const [query] = useSearchParams();
  const gapId = query.get('from');
  return <NewEntry key={gapId} gapId={gapId} />;
}

function NewEntry({ gapId }: { readonly gapId: string | null }) {
  const faq = useFaq();
  const kept = useKeptTexts();
  const notify = useNotify();
  const { value: pulse, reload } = usePulse();
  const [, navigate] = useLocation();
  const keptUnder = newName(gapId);
  const [start] = useState(() => kept.get(keptUnder));
  const [chosenId, setChosenId] = useState(start?.entryId ?? '');
  const [locale, setLocale] = useState(start?.locale || pulse?.sourceLocale || 'en');
  const [version, setVersion] = useState(0);

  async function onSaved({ revision }: FaqSaved): Promise<void> {
    void reload();
    kept.remove(keptUnder);
    if (gapId !== null && revision.status === 'draft') kept.keepGap(keptName(revision.entryId, revision.locale), gapId);
    if (gapId !== null && revision.status === 'published') {
      const answer = await faq.dismissGap(gapId);
      notify(answer.ok ? 'The gap is closed.' : answer.error.message);
    }
    navigate(faqPaths.entry(revision.entryId, revision.locale), { replace: true });
  }
  const locales = [...new Set([...(pulse?.locales ?? []), ...WIDGET_LANGUAGES, locale])];
  return (
    <Page
      title="New entry"
      lead={
        <span className={edit.lead}>
          <Link href={gapId === null ? faqPaths.list : faqPaths.gaps} className={edit.back}>
            <BackIcon size={15} /> {gapId === null ? 'All entries' : 'Gaps'}
          </Link>
          {gapId !== null && 'Begun from questions that customers asked.'}
        </span>
      }
    >
      <EntryEditor
        key={version}
        detail={null}
        idOf={({ question }) => (chosenId === '' ? idFor(question) : chosenId)}
        locale={locale}
        keptUnder={keptUnder}
        opened={{ revision: 0, form: emptyForm }}
        standing="Nothing is written yet."
        onSaved={(saved) => void onSaved(saved)}
        onFresh={() => setVersion((before) => before + 1)}
        head={({ question }, problem) => (
          <div className={editor.head}>
            <TextField
              label="Id"
              hint="Its address and file name; made from the question when you leave it empty."
              error={problem}
              value={chosenId}
              placeholder={idFor(question)}
              maxLength={100}
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => setChosenId(event.target.value)}
            />
            <SelectField label="Language" value={locale} onChange={(event) => setLocale(event.target.value)}>
              {locales.map((each) => (
                <option key={each} value={each}>
                  {languageName(each)}
                </option>
              ))}
            </SelectField>
          </div>
        )}
      />
    </Page>
  );
}
