import type { FaqDraft } from '@stepdown/client/agent';
import type { FaqTestResult } from '@stepdown/protocol';
import { useState } from 'react';
import { Button } from '../../../parts/button.tsx';
import { Card } from '../../../parts/page.tsx';
import { TextAreaField } from '../desk/text-area-field.tsx';
import { useFaq } from '../desk/use-faq.ts';
import styles from './test-panel.module.css';
import { TestResult } from './test-result.tsx';

export interface TestPanelProps {
  readonly locale: string;
  /** What is being written: asked when a question is tried. Without it only the live FAQ can be tried. */
  readonly draft?: () => FaqDraft;
}

type Against = 'draft' | 'live';

/** Type a question, see what the FAQ tier would do with it and why. */
export function TestPanel({ locale, draft }: TestPanelProps) {
  const faq = useFaq();
  const [question, setQuestion] = useState('');
  const [against, setAgainst] = useState<Against>(draft === undefined ? 'live' : 'draft');
  const [state, setState] = useState<{ readonly result: FaqTestResult | null; readonly problem?: string }>({ result: null });
  const [isBusy, setBusy] = useState(false);

  async function tryOut(wanted: Against): Promise<void> {
    if (question.trim() === '') {
      setState({ result: null, problem: 'Type a question first.' });
      return;
    }
    setBusy(true);
    const answer = await faq.test(question.trim(), locale, wanted === 'draft' ? (draft?.() ?? null) : null);
    setBusy(false);
    setState(answer.ok ? { result: answer } : { result: null, problem: answer.error.message });
  }
  const choose = (wanted: Against) => {
    setAgainst(wanted);
    if (state.result !== null) void tryOut(wanted);
  };
  return (
    <Card title="Try a question" hint="As a customer would type it, typos and all.">
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          void tryOut(against);
        }}
      >
        {draft !== undefined && <AgainstChoice against={against} onChoose={choose} />}
        <TextAreaField
          label="Customer’s question"
          rows={2}
          maxLength={4000}
          value={question}
          error={state.problem}
          dir="auto"
          onChange={(event) => setQuestion(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
            event.preventDefault();
            if (!isBusy) void tryOut(against);
          }}
        />
        <div>
          <Button type="submit" isBusy={isBusy}>
            Try it
          </Button>
        </div>
      </form>
      <div role="status">{state.result !== null && <TestResult result={state.result} />}</div>
    </Card>
  );
}

function AgainstChoice({ against, onChoose }: { readonly against: Against; readonly onChoose: (against: Against) => void }) {
  return (
    <fieldset className={styles.against}>
      <legend className="visually-hidden">Try it against</legend>
      {(['draft', 'live'] as const).map((each) => (
        <button key={each} type="button" aria-pressed={against === each} onClick={() => onChoose(each)}>
          {each === 'draft' ? 'What you are writing' : 'What is live'}
        </button>
      ))}
    </fieldset>
  );
}
