import { useState } from 'react';
import { useWidget } from '../context.ts';
import { StarIcon } from '../icons/kit-icons.tsx';
import { fill } from '../texts/load-texts.ts';
import styles from './handoff.module.css';

const SCORES = [1, 2, 3, 4, 5] as const;

/** How it was with the team: one press, and another press changes it (P22). */
export function RateConversation({ question }: { readonly question: string }) {
  const { client, texts, emit } = useWidget();
  const [given, setGiven] = useState(0);
  const rate = async (score: number) => {
    const before = given;
    setGiven(score);
    emit('rating', { score });
    if (await client.rateConversation(score)) setGiven(before);
  };
  return (
    <fieldset className={styles.scores}>
      <legend>{question}</legend>
      {SCORES.map((score) => (
        <button
          key={score}
          type="button"
          className="icon-button"
          data-given={score <= given}
          aria-pressed={score === given}
          aria-label={fill(texts.score, { score })}
          onClick={() => void rate(score)}
        >
          <StarIcon />
        </button>
      ))}
      <p role="status">{given > 0 && texts.thanks}</p>
    </fieldset>
  );
}
