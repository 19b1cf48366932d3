import type { FaqFormat } from '@stepdown/protocol';
import { useState } from 'react';
import { SelectField } from '../../../parts/field.tsx';
import { DownloadIcon } from '../../../parts/icons.tsx';
import { Card } from '../../../parts/page.tsx';
import { languageName } from '../desk/languages.ts';
import { usePulse } from '../desk/pulse.tsx';
import { useFaq } from '../desk/use-faq.ts';
import styles from './exchange.module.css';

const FORMATS: readonly { readonly format: FaqFormat; readonly label: string; readonly hint: string }[] = [
  { format: 'csv', label: 'CSV', hint: 'For spreadsheets; no cell runs as a formula.' },
  { format: 'json', label: 'JSON', hint: 'For programs.' },
  { format: 'markdown', label: 'Markdown', hint: 'As the files of the folder, in one.' },
];

export function ExportCard() {
  const faq = useFaq();
  const { value: pulse } = usePulse();
  const [locale, setLocale] = useState('');
  return (
    <Card title="Export" hint="Everything that is live.">
      <div className={styles.export}>
        <SelectField label="Language" value={locale} onChange={(event) => setLocale(event.target.value)}>
          <option value="">All</option>
          {pulse?.locales.map((each) => (
            <option key={each} value={each}>
              {languageName(each)}
            </option>
          ))}
        </SelectField>
        <ul>
          {FORMATS.map(({ format, label, hint }) => (
            <li key={format}>
              <a href={faq.exportUrl(format, locale)} download>
                <DownloadIcon size={16} /> {label}
              </a>
              <span>{hint}</span>
            </li>
          ))}
        </ul>
      </div>
    </Card>
  );
}
