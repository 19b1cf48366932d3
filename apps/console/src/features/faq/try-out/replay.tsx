import type { FaqDraft } from '@stepdown/client/agent';
import type { FaqOutcome, FaqReplayResult, WireError } from '@stepdown/protocol';
import { useState } from 'react';
import { Button } from '../../../parts/button.tsx';
import { Card } from '../../../parts/page.tsx';
import { Badge, type BadgeTone } from '../desk/badge.tsx';
import { useFaq } from '../desk/use-faq.ts';
import { Visible } from '../desk/visible.tsx';
import styles from './replay.module.css';

/** Real questions that a replay asks. */
export const REPLAYED = 200;

type Change = FaqReplayResult['changes'][number];

const EFFECTS: Readonly<Record<Change['effect'], { readonly label: string; readonly tone: BadgeTone }>> = {
  broken: { label: 'Broken', tone: 'bad' },
  gained: { label: 'Gained', tone: 'good' },
  moved: { label: 'Moved', tone: 'calm' },
};

/** Asks what the text would do to real questions, before anybody meets it. */
export function ReplayCard({ draft }: { readonly draft: () => FaqDraft }) {
  const faq = useFaq();
  const [isBusy, setBusy] = useState(false);
  const [result, setResult] = useState<FaqReplayResult | null>(null);
  const [failure, setFailure] = useState<WireError | null>(null);
  async function replay(): Promise<void> {
    setBusy(true);
    const answer = await faq.replay(draft(), REPLAYED);
    setBusy(false);
    setResult(answer.ok ? answer : null);
    setFailure(answer.ok ? null : answer.error);
  }
  return (
    <Card
      title="Replay real questions"
      hint={`What this text would do to the last ${REPLAYED} questions of customers.`}
      actions={
        <Button size="small" isBusy={isBusy} onClick={() => void replay()}>
          Replay
        </Button>
      }
    >
      <div role="status" className={styles.region}>
        {failure !== null && <p>{failure.message}</p>}
        {result !== null && (
          <>
            <p>
              {result.asked} questions: {result.unchanged} as before, {result.broken} broken, {result.gained} gained.
            </p>
            <ReplayChanges changes={result.changes} />
          </>
        )}
      </div>
    </Card>
  );
}

const ORDER: readonly Change['effect'][] = ['broken', 'gained', 'moved'];

export function ReplayChanges({ changes }: { readonly changes: readonly Change[] }) {
  const ordered = [...changes].sort((first, second) => ORDER.indexOf(first.effect) - ORDER.indexOf(second.effect));
  return (
    <ul className={styles.changes}>
      {ordered.map(({ messageId, question, locale, before, after, effect }) => (
        <li key={messageId}>
          <p className={styles.question} lang={locale} dir="auto">
            <Badge tone={EFFECTS[effect].tone}>{EFFECTS[effect].label}</Badge> <Visible text={question} />
          </p>
          <p className={styles.outcomes}>
            {outcomeWords(before)} → {outcomeWords(after)}
          </p>
        </li>
      ))}
    </ul>
  );
}

function outcomeWords({ kind, entryId, score }: FaqOutcome): string {
  const sure = score === null ? '' : ` ${Math.round(score * 100)} %`;
  switch (kind) {
    case 'answer':
      return `answered by ${entryId}${sure}`;
    case 'choices':
      return `offers a choice, ${entryId} first${sure}`;
    case 'ask-back':
      return 'asks back';
    case 'abstain':
      return 'no answer';
  }
}
