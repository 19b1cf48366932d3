import type { FaqImportResult } from '@stepdown/protocol';
import { Badge } from '../desk/badge.tsx';
import { Visible } from '../desk/visible.tsx';
import styles from './exchange.module.css';

/** Browsers grow slow with thousands of lines that nobody reads. */
const MOST_SHOWN = 200;

/** What a file would change or has changed, and each row that is wrong by its number. */
export function ImportResult({ result }: { readonly result: FaqImportResult }) {
  const { counts, isDryRun, imported, bad, problems, entries } = result;
  const differing = entries.filter(({ kind }) => kind !== 'unchanged');
  const warned = entries.filter(({ warnings }) => warnings.length > 0);
  return (
    <>
      <p className={styles.counts}>
        {isDryRun ? 'Would be:' : `${imported} imported:`} <Badge tone="good">{counts.new} new</Badge>{' '}
        <Badge tone="accent">{counts.changed} changed</Badge> <Badge>{counts.unchanged} unchanged</Badge>{' '}
        <Badge tone={counts.bad > 0 ? 'bad' : 'calm'}>{counts.bad} bad</Badge>
      </p>
      {problems.length > 0 && (
        <ul className={styles.problem}>
          {problems.map((problem) => (
            <li key={problem}>
              <Visible text={problem} />
            </li>
          ))}
        </ul>
      )}
      {bad.length > 0 && <BadRows bad={bad} isDryRun={isDryRun} />}
      {warned.length > 0 && (
        <details className={styles.more}>
          <summary>{warned.length} with warnings</summary>
          <ul>
            {warned.slice(0, MOST_SHOWN).map(({ id, locale, warnings }) => (
              <li key={`${locale}/${id}`}>
                <code>
                  {locale}/{id}
                </code>
                {warnings.map(({ code, field, message }) => (
                  <p key={`${code} ${field}`}>
                    {field}: <Visible text={message} />
                  </p>
                ))}
              </li>
            ))}
          </ul>
        </details>
      )}
      {differing.length > 0 && <Differing entries={differing} />}
    </>
  );
}

function BadRows({ bad, isDryRun }: Pick<FaqImportResult, 'bad' | 'isDryRun'>) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a long list scrolls, and must be reachable by keyboard
    <section className={styles.bad} aria-label="Bad rows" tabIndex={0}>
      <p>
        {bad.length === 1 ? 'One row' : `${bad.length} rows`} {isDryRun ? 'would be' : bad.length === 1 ? 'was' : 'were'} left out:
      </p>
      <table>
        <thead>
          <tr>
            <th scope="col">Row</th>
            <th scope="col">What is wrong</th>
          </tr>
        </thead>
        <tbody>
          {bad.map(({ row, path, reason }) => (
            <tr key={`${row} ${path} ${reason}`}>
              <th scope="row">{path === null ? row : <Visible text={path} />}</th>
              <td>
                <Visible text={reason} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Differing({ entries }: Pick<FaqImportResult, 'entries'>) {
  return (
    <details className={styles.more}>
      <summary>
        {entries.length} new or changed{entries.length > MOST_SHOWN && `, the first ${MOST_SHOWN}`}
      </summary>
      <ul>
        {entries.slice(0, MOST_SHOWN).map(({ kind, id, locale, question, fields }) => (
          <li key={`${locale}/${id}`}>
            <code>
              {locale}/{id}
            </code>{' '}
            <Badge tone={kind === 'new' ? 'good' : 'accent'}>{kind === 'new' ? 'new' : fields.join(', ')}</Badge>
            <p lang={locale} dir="auto">
              <Visible text={question} />
            </p>
          </li>
        ))}
      </ul>
    </details>
  );
}
