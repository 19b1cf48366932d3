import type { FaqDecisionKind, FaqTestResult } from '@stepdown/protocol';
import { Markdown } from '../../../parts/markdown.tsx';
import { tierName } from '../../../parts/tiers.ts';
import { Ranking } from './ranking.tsx';
import styles from './test-result.module.css';

const DECISIONS: Readonly<Record<FaqDecisionKind, { readonly title: string; readonly text: string; readonly tone: string }>> = {
  answer: { title: 'Answers.', text: 'The customer gets the first entry.', tone: 'good' },
  choices: { title: 'Offers a choice.', text: 'The customer is asked which of these was meant.', tone: 'warn' },
  'ask-back': { title: 'Asks back.', text: 'The question leans on the one before; the customer is asked to say it in full.', tone: 'warn' },
  abstain: { title: 'Abstains.', text: 'Nothing is close enough. The customer is offered a person.', tone: 'bad' },
};

/** Where the decision alone does not say it. */
const REASONS: Readonly<Record<string, string>> = {
  'nothing-asked': 'There is no word in it to look for.',
  'no-entries': 'No entry is live.',
};

/** The decision, what would be read, what a model would get, and how near each entry came. */
export function TestResult({ result }: { readonly result: FaqTestResult }) {
  const { kind, reason } = result.decision;
  const decision = DECISIONS[kind];
  const served = result.tiers.find(({ tier }) => tier === 'faq')?.served ?? null;
  return (
    <div className={styles.result}>
      <p className={styles.decision} data-tone={decision.tone}>
        <strong>{decision.title}</strong> {decision.text} {reason !== null && REASONS[reason]}
      </p>
      {kind === 'answer' && served !== null && (
        <section aria-label="What would be served">
          <h3>What the customer would read</h3>
          <div className={styles.served}>
            <Markdown text={served} />
          </div>
        </section>
      )}
      {result.ranking.length > 0 && <Ranking ranking={result.ranking} thresholds={result.thresholds} />}
      <Grounding result={result} />
    </div>
  );
}

/** Every model tier gets the same entries, as quoted data. */
function Grounding({ result }: { readonly result: FaqTestResult }) {
  const models = result.tiers.filter(({ served }) => served === null);
  const grounding = models[0]?.grounding ?? [];
  return (
    <details className={styles.grounding}>
      <summary>
        What {models.map(({ tier }) => tierName(tier)).join(', ')} would get:{' '}
        {grounding.length === 0 ? 'no entry' : `${grounding.length} ${grounding.length === 1 ? 'entry' : 'entries'}`}
      </summary>
      {grounding.length === 0 ? (
        <p>Without an entry to lean on, a model is told to say that it does not know.</p>
      ) : (
        <ol>
          {grounding.map(({ id, question, answer }) => (
            <li key={id} dir="auto">
              <strong>{question}</strong>
              <div className={styles.quoted}>{answer}</div>
            </li>
          ))}
        </ol>
      )}
    </details>
  );
}
