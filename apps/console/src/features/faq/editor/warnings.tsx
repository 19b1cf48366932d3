import type { FaqSaved, FaqWarning } from '@stepdown/protocol';
import { AlertIcon } from '../../../parts/icons.tsx';
import { Visible } from '../desk/visible.tsx';
import styles from './warnings.module.css';

/** What the server noticed while saving: text that was changed to be safe, or that reads like an order to the AI. */
export function Warnings({ saved }: { readonly saved: FaqSaved | null }) {
  const warnings = saved?.warnings ?? [];
  const fileProblem = saved?.file?.problem ?? null;
  return (
    <div role="status" className={styles.region}>
      {(warnings.length > 0 || fileProblem !== null) && (
        <section className={styles.box} aria-label="Warnings">
          <AlertIcon size={18} />
          <div>
            <h2>Saved, but have a look</h2>
            <ul>
              {warnings.map(({ code, field, message }) => (
                <li key={`${code} ${field} ${message}`}>
                  <strong>{fieldWords(field)}:</strong> <Visible text={message} />
                </li>
              ))}
              {fileProblem !== null && (
                <li>
                  <strong>File:</strong> it is live, but not on disk: <Visible text={fileProblem} />.
                </li>
              )}
            </ul>
          </div>
        </section>
      )}
    </div>
  );
}

function fieldWords(field: FaqWarning['field']): string {
  const [name = '', place] = field.split('.');
  if (name === 'variants') return place === undefined ? 'Other phrasings' : `Phrasing ${Number(place) + 1}`;
  return name.slice(0, 1).toUpperCase() + name.slice(1);
}
