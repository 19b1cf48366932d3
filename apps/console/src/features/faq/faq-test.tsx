import type { FaqDecisionKind, FaqRanked, FaqTestResult } from '@stepdown/protocol';
import { useActionState } from 'react';
import { useAgentClient } from '../../desk/agent-context.tsx';
import { Button } from '../../parts/button.tsx';
import { TextField } from '../../parts/field.tsx';
import { Card } from '../../parts/page.tsx';
import styles from './faq.module.css';

const DECISIONS: Readonly<Record<FaqDecisionKind, { readonly title: string; readonly text: string; readonly tone: string }>> = {
  answer: { title: 'Answers', text: 'The customer gets the first entry.', tone: 'good' },
  choices: { title: 'Offers a choice', text: 'The customer is asked which of these was meant.', tone: 'warn' },
  'ask-back': { title: 'Asks back', text: 'The question leans on the one before; the customer is asked to say it in full.', tone: 'warn' },
  abstain: { title: 'Abstains', text: 'Nothing is close enough. The customer is offered a person.', tone: 'bad' },
};

type TestState = { readonly question: string; readonly result: FaqTestResult | null; readonly problem: string | null };

/** Type a question, see what the FAQ tier would do with it and why. */
export function FaqTest({ locale }: { readonly locale: string }) {
  const { http } = useAgentClient();
  const [state, submit, isBusy] = useActionState(
    async (_before: TestState, form: FormData): Promise<TestState> => {
      const question = String(form.get('question') ?? '').trim();
      if (question === '') return { question, result: null, problem: 'Type a question first.' };
      const answer = await http.post<FaqTestResult>('/api/faq/test', { question, locale });
      return answer.ok ? { question, result: answer, problem: null } : { question, result: null, problem: answer.error.message };
    },
    { question: '', result: null, problem: null },
  );
  return (
    <div className={styles.test}>
      <Card title="Try a question" hint="As a customer would type it, typos and all.">
        <form className={styles['test-form']} action={submit}>
          <TextField
            label="Question"
            name="question"
            maxLength={4000}
            defaultValue={state.question}
            error={state.problem ?? undefined}
            autoComplete="off"
          />
          <div>
            <Button tone="primary" type="submit" isBusy={isBusy}>
              Try it
            </Button>
          </div>
        </form>
        <div role="status">{state.result !== null && <Result result={state.result} />}</div>
      </Card>
    </div>
  );
}

function Result({ result }: { readonly result: FaqTestResult }) {
  const decision = DECISIONS[result.decision.kind];
  return (
    <div className={styles.result}>
      <p className={styles.decision} data-tone={decision.tone}>
        <strong>{decision.title}</strong> {decision.text}
      </p>
      <ol>
        {result.ranking.map((match) => (
          <li key={match.id}>
            <p className={styles.match}>
              <span dir="auto">{match.question}</span>
              <strong>{Math.round(match.score * 100)} %</strong>
            </p>
            <Meter score={match.score} thresholds={result.thresholds} />
            <Why why={match.why} />
          </li>
        ))}
      </ol>
    </div>
  );
}

function Why({ why }: { readonly why: FaqRanked['why'] }) {
  const parts = [
    `nearest phrasing: “${why.phrasing}”`,
    ...(why.matchedWords.length > 0 ? [`shares ${why.matchedWords.join(', ')}`] : []),
    ...why.corrections.map(({ from, to }) => `read “${from}” as “${to}”`),
    ...(why.unknownWords.length > 0 ? [`does not know ${why.unknownWords.join(', ')}`] : []),
    ...(why.isOpposite ? ['says the opposite'] : []),
  ];
  return (
    <p className={styles.why} dir="auto">
      {parts.join('; ')}
    </p>
  );
}

/** The score against the two thresholds: offered from the first mark, served from the second. */
function Meter({ score, thresholds }: { readonly score: number; readonly thresholds: FaqTestResult['thresholds'] }) {
  const tone = score >= thresholds.answerAt ? 'good' : score >= thresholds.offerAt ? 'warn' : 'calm';
  return (
    <svg className={styles.meter} viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" data-tone={tone}>
      <rect width="100" height="8" rx="1" className={styles.ground} />
      <rect width={score * 100} height="8" rx="1" className={styles.score} />
      {[thresholds.offerAt, thresholds.answerAt].map((at) => (
        <rect key={at} x={at * 100 - 0.25} width="0.5" height="8" className={styles.threshold} />
      ))}
    </svg>
  );
}
