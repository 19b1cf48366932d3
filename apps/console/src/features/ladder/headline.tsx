import type { LadderView } from '@stepdown/protocol';
import type { ReactNode } from 'react';
import { fullTime, timeOfDay } from '../../desk/times.ts';
import { Countdown, Elapsed } from '../../parts/elapsed.tsx';
import { tierName } from '../../parts/tiers.ts';
import styles from './headline.module.css';
import { type NextStep, nextSteps } from './next-steps.ts';
import { Stairs } from './stairs.tsx';
import { headlineOf, moodOf } from './words.ts';

/** Answers within five seconds of looking: what is wrong, since when, why, what happens next. */
export function Headline({ ladder, actions }: { readonly ladder: LadderView; readonly actions: ReactNode }) {
  const latest = ladder.changes.find((change) => change.at === ladder.since) ?? ladder.changes[0];
  const signal = latest !== undefined && latest.to === ladder.tier ? latest.signal : '';
  const [first, ...later] = nextSteps(ladder);
  return (
    <section className={styles.card} data-mood={moodOf(ladder)} aria-label="Now">
      <div className={styles.top}>
        <div className={styles.now}>
          <p className={styles.eyebrow}>Answering now</p>
          <h2>{tierName(ladder.tier)}</h2>
          <p className={styles.sentence} role="status">
            {headlineOf(ladder)}
          </p>
        </div>
        <div className={styles.actions}>{actions}</div>
      </div>
      <Stairs ladder={ladder} />
      <dl className={styles.facts}>
        <Fact name="Since">
          <strong title={fullTime(ladder.since)}>
            <Elapsed since={ladder.since} isClock />
          </strong>
          <span>{timeOfDay(ladder.since)}</span>
        </Fact>
        <Fact name="Why">
          <strong>{ladder.pin?.tier === ladder.tier ? ladder.pin.reason : ladder.cause}</strong>
          {signal !== '' && (
            <span>
              Signal: <code>{signal}</code>
            </span>
          )}
        </Fact>
        <Fact name="What happens next">
          {first !== undefined && (
            <strong>
              <Step step={first} />
            </strong>
          )}
          {later.slice(0, 3).map((step) => (
            <span key={step.key}>
              <Step step={step} />
            </span>
          ))}
        </Fact>
        <Fact name="Open chats">
          <strong>{ladder.affectedConversations}</strong>
          <span>{ladder.affectedConversations === 1 ? 'customer is connected' : 'customers are connected'}</span>
        </Fact>
      </dl>
    </section>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Step({ step }: { readonly step: NextStep }) {
  return (
    <>
      {step.text}
      {step.at !== null && (
        <>
          {' '}
          <span className={styles.countdown}>
            <Countdown at={step.at} />
          </span>
        </>
      )}
    </>
  );
}
