import type { LadderRouteView, LadderView } from '@stepdown/protocol';
import type { ReactNode } from 'react';
import { latencyWords } from '../../desk/times.ts';
import { Countdown, Elapsed } from '../../parts/elapsed.tsx';
import { Card } from '../../parts/page.tsx';
import { TierBadge } from '../../parts/tier-badge.tsx';
import styles from './routes-card.module.css';
import { StateMachine } from './state-machine.tsx';
import { stateHint, stateTone, stateWords } from './state-words.ts';

/** Every tier and route: state, how fast, how often it fails, when it worked last. */
export function RoutesCard({ ladder }: { readonly ladder: LadderView }) {
  return (
    <Card title="Tiers and routes" hint="A route is one model behind one key. The state machine of each is drawn as it stands now.">
      <ul className={styles.tiers}>
        {ladder.tiers.map((tier) => (
          <li key={tier.id} className={styles.tier}>
            <header>
              <h3>
                <TierBadge tier={tier.id} />
              </h3>
              <p>{tier.routes.length > 0 ? null : floorWords(tier.id, tier.state)}</p>
            </header>
            {tier.routes.map((route) => (
              <Route key={route.id} route={route} />
            ))}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function floorWords(tier: string, state: string): string {
  if (state === 'unconfigured') return 'Not configured. Set its address or key to use it.';
  return tier === 'faq' ? 'Runs in this process. Works when everything else is gone.' : 'People, when nothing else fits. Always there.';
}

function Route({ route }: { readonly route: LadderRouteView }) {
  return (
    <div className={styles.route} data-tone={stateTone(route.state)}>
      <div className={styles.what}>
        <h4>{route.model}</h4>
        <p className={styles.state}>
          <strong>{stateWords(route.state)}</strong> for <Elapsed since={route.since} />
        </p>
        <p className={styles.cause}>{route.cause}</p>
      </div>
      <div className={styles.machine}>
        <StateMachine state={route.state} />
        <p className={styles.hint}>{stateHint(route.state)}</p>
      </div>
      <dl className={styles.numbers}>
        <Figure name="First text p50">{route.ttftP50Ms === null ? null : latencyWords(route.ttftP50Ms)}</Figure>
        <Figure name="p95">{route.ttftP95Ms === null ? null : latencyWords(route.ttftP95Ms)}</Figure>
        <Figure name="Errors" isBad={(route.errorRate ?? 0) >= 0.1}>
          {route.errorRate === null ? null : `${Math.round(route.errorRate * 100)} %`}
        </Figure>
        <Figure name="Last success">
          {route.lastSuccessAt === null ? null : (
            <>
              <Elapsed since={route.lastSuccessAt} /> ago
            </>
          )}
        </Figure>
        {route.nextProbeAt !== null && (
          <Figure name="Next probe">
            <Countdown at={route.nextProbeAt} />
          </Figure>
        )}
        {route.saturatedUntil !== null && (
          <Figure name="Rate limit ends" isBad>
            <Countdown at={route.saturatedUntil} />
          </Figure>
        )}
        {route.state === 'ramping' && <Figure name="Share">{Math.round(route.rampShare * 100)} %</Figure>}
      </dl>
    </div>
  );
}

function Figure({ name, isBad = false, children }: { readonly name: string; readonly isBad?: boolean; readonly children: ReactNode }) {
  return (
    <div data-bad={isBad || undefined}>
      <dt>{name}</dt>
      <dd>{children ?? '–'}</dd>
    </div>
  );
}
