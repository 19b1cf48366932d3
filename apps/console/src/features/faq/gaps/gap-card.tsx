import type { FaqGap } from '@stepdown/protocol';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { fullTime } from '../../../desk/times.ts';
import { Button } from '../../../parts/button.tsx';
import { Badge } from '../desk/badge.tsx';
import { faqPaths } from '../desk/faq-paths.ts';
import { languageName } from '../desk/languages.ts';
import { Visible } from '../desk/visible.tsx';
import { useKeptTexts } from '../editor/kept-texts.ts';
import { beginEntry, beginPhrasing } from './begin-entry.ts';
import styles from './gaps.module.css';

/** Below this score, entry and question share a word by chance. */
const NEAR_ENOUGH = 0.1;

/** One thing customers want to know: how it was asked, how much it weighs, and what could fill it. */
export function GapCard({ gap, onDismiss }: { readonly gap: FaqGap; readonly onDismiss: () => Promise<void> }) {
  const kept = useKeptTexts();
  const [, navigate] = useLocation();
  const [isBusy, setBusy] = useState(false);
  const { nearest } = gap;
  const begin = (isReplyTaken: boolean) => navigate(beginEntry(kept, gap, isReplyTaken));
  return (
    <li className={styles.gap}>
      <div className={styles.weight} title="1 for each question, 3 more if the models were down, 2 more if the answer was rated down">
        <strong>{gap.weight}</strong>
        <span>weight</span>
      </div>
      <div className={styles.body}>
        <h2 lang={gap.locale} dir="auto">
          <Visible text={gap.question} />
        </h2>
        <p className={styles.facts}>
          <Badge>{gap.count === 1 ? 'asked once' : `asked ${gap.count} times`}</Badge>
          {gap.whenDown > 0 && <Badge tone="bad">{gap.whenDown} while models were down</Badge>}
          {gap.ratedDown > 0 && <Badge tone="warn">{gap.ratedDown} rated down</Badge>}
          <span>{languageName(gap.locale)}</span>
          {nearest !== null && (
            <span>
              nearest: <Link href={faqPaths.entry(nearest.entryId, gap.locale)}>{nearest.entryId}</Link> {Math.round(nearest.score * 100)} %
            </span>
          )}
        </p>
        {gap.questions.length > 1 && <Examples gap={gap} />}
        {gap.suggestion !== null && <Reply suggestion={gap.suggestion} onTake={() => begin(true)} />}
        <div className={styles.actions}>
          <Button size="small" tone={gap.suggestion === null ? 'primary' : 'plain'} onClick={() => begin(false)}>
            Write an entry<span className="visually-hidden"> for “{gap.question}”</span>
          </Button>
          {nearest !== null && nearest.score >= NEAR_ENOUGH && (
            <Button size="small" onClick={() => navigate(beginPhrasing(kept, gap, nearest.entryId))}>
              Add to {nearest.entryId}
              <span className="visually-hidden"> as a phrasing: “{gap.question}”</span>
            </Button>
          )}
          <Button
            size="small"
            tone="quiet"
            isBusy={isBusy}
            onClick={async () => {
              setBusy(true);
              await onDismiss();
              setBusy(false);
            }}
          >
            Dismiss<span className="visually-hidden"> “{gap.question}”</span>
          </Button>
        </div>
      </div>
    </li>
  );
}

function Examples({ gap }: { readonly gap: FaqGap }) {
  return (
    <details className={styles.examples}>
      <summary>How it was asked</summary>
      <ul>
        {gap.questions.map(({ messageId, text, at }) => (
          <li key={messageId} lang={gap.locale} dir="auto" title={fullTime(at)}>
            <Visible text={text} />
          </li>
        ))}
      </ul>
    </details>
  );
}

/** What a person of the team answered; approving makes it the text of a new entry, which is still read before it is published. */
function Reply({ suggestion, onTake }: { readonly suggestion: NonNullable<FaqGap['suggestion']>; readonly onTake: () => void }) {
  return (
    <figure className={styles.reply}>
      <figcaption>
        <Visible text={suggestion.agent} /> answered a customer
        {suggestion.hasPersonalData && <Badge tone="warn">holds personal data, take it out</Badge>}
      </figcaption>
      <blockquote dir="auto">
        <Visible text={suggestion.answer} />
      </blockquote>
      <Button size="small" tone="primary" onClick={onTake}>
        Approve as an answer
      </Button>
    </figure>
  );
}
