import type { VisitorSnapshot } from '@stepdown/client';
import { withoutInvisible } from '@stepdown/client/markdown';
import { useWidget } from '../context.ts';
import { ChevronIcon } from '../icons/icons.tsx';
import styles from './welcome.module.css';

/** Before the first word: a greeting, who answers, and what others ask. */
export function Welcome({ snapshot, suggestions }: { readonly snapshot: VisitorSnapshot; readonly suggestions: readonly string[] }) {
  const { client, texts } = useWidget();
  const isAssistantHere = snapshot.notice !== 'faq' && snapshot.notice !== 'handoff';
  return (
    <div className={styles.welcome}>
      <h2 className={styles.greeting}>{texts.greeting}</h2>
      {isAssistantHere && <p className={styles.who}>{texts.ai}</p>}
      {suggestions.length > 0 && (
        <section className={styles.suggestions}>
          <h3>{texts.suggestions}</h3>
          <ul>
            {suggestions.map((question) => (
              <li key={question}>
                <button type="button" onClick={() => client.send(question)}>
                  <span dir="auto">{withoutInvisible(question)}</span>
                  <ChevronIcon size={16} />
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
