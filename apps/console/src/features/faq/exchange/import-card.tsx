import type { FaqImportResult } from '@stepdown/protocol';
import { type ChangeEvent, useId, useState } from 'react';
import { useNotify } from '../../../desk/notices.tsx';
import { Button } from '../../../parts/button.tsx';
import { SelectField } from '../../../parts/field.tsx';
import { Card } from '../../../parts/page.tsx';
import { languageName, WIDGET_LANGUAGES } from '../desk/languages.ts';
import { usePulse } from '../desk/pulse.tsx';
import { useFaq } from '../desk/use-faq.ts';
import { Visible } from '../desk/visible.tsx';
import styles from './exchange.module.css';
import { ImportResult } from './import-result.tsx';
import { readUpload, type Upload } from './read-upload.ts';

/** A file is compared first and changes nothing; only a second step takes it over. */
export function ImportCard() {
  const faq = useFaq();
  const notify = useNotify();
  const pulse = usePulse();
  const id = useId();
  const [locale, setLocale] = useState('en');
  const [status, setStatus] = useState<'draft' | 'published'>('published');
  const [upload, setUpload] = useState<Upload | null>(null);
  const [result, setResult] = useState<FaqImportResult | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState<'compare' | 'import' | null>(null);

  async function send(file: Upload, dryRun: boolean): Promise<void> {
    const { name: _name, ...sent } = file;
    setBusy(dryRun ? 'compare' : 'import');
    const answer = await faq.import({ ...sent, dryRun, status });
    setBusy(null);
    setResult(answer.ok ? answer : null);
    setProblem(answer.ok ? null : answer.error.message);
    if (!answer.ok || dryRun) return;
    notify(`${answer.imported} ${answer.imported === 1 ? 'entry' : 'entries'} imported.`, 'good');
    void pulse.reload();
  }
  async function choose(event: ChangeEvent<HTMLInputElement>): Promise<void> {
    const files = [...(event.target.files ?? [])];
    // So that the same file can be chosen again after it was mended.
    event.target.value = '';
    if (files.length === 0) return;
    const read = await readUpload(files, locale);
    setResult(null);
    setUpload(typeof read === 'string' ? null : read);
    setProblem(typeof read === 'string' ? read : null);
    if (typeof read !== 'string') await send(read, true);
  }
  const locales = [...new Set([...(pulse.value?.locales ?? []), ...WIDGET_LANGUAGES])];
  return (
    <Card title="Import" hint="CSV with a head line, JSON, or Markdown files. First you see what would change.">
      <div className={styles.import}>
        <div className={styles.fields}>
          <div className={styles.file}>
            <label htmlFor={id}>File</label>
            <input id={id} type="file" multiple accept=".csv,.json,.md,.markdown" onChange={(event) => void choose(event)} />
          </div>
          <SelectField
            label="Take over as"
            value={status}
            onChange={(event) => setStatus(event.target.value === 'draft' ? 'draft' : 'published')}
          >
            <option value="published">Published, live at once</option>
            <option value="draft">Drafts</option>
          </SelectField>
          <SelectField label="Language of Markdown files" value={locale} onChange={(event) => setLocale(event.target.value)}>
            {locales.map((each) => (
              <option key={each} value={each}>
                {languageName(each)}
              </option>
            ))}
          </SelectField>
        </div>
        <div role="status" className={styles.region}>
          {problem !== null && <p className={styles.problem}>{problem}</p>}
          {busy === 'compare' && <p>Comparing…</p>}
          {result !== null && upload !== null && (
            <>
              <h3>
                <Visible text={upload.name} />
              </h3>
              <ImportResult result={result} />
            </>
          )}
        </div>
        {result?.isDryRun === true && upload !== null && (
          <Confirm result={result} isBusy={busy === 'import'} onConfirm={() => void send(upload, false)} />
        )}
      </div>
    </Card>
  );
}

interface ConfirmProps {
  readonly result: FaqImportResult;
  readonly isBusy: boolean;
  readonly onConfirm: () => void;
}

function Confirm({ result: { counts }, isBusy, onConfirm }: ConfirmProps) {
  const count = counts.new + counts.changed;
  if (count === 0) return <p className={styles.nothing}>There is nothing to import.</p>;
  return (
    <div>
      <Button tone="primary" isBusy={isBusy} onClick={onConfirm}>
        Import {count} {count === 1 ? 'entry' : 'entries'}
        {counts.bad > 0 && `, leave out ${counts.bad}`}
      </Button>
    </div>
  );
}
