import type { AlertView } from '@stepdown/client/agent';
import type { LadderMinute, LadderRouteView } from '@stepdown/protocol';
import type { ReactNode } from 'react';
import { latencyWords } from '../../desk/times.ts';
import { Countdown, Elapsed } from '../../parts/elapsed.tsx';
import { AlertIcon } from '../../parts/icons.tsx';
import { alertTitle } from './alert-words.ts';
import styles from './routes-card.module.css';
import { ErrorSpark, FirstTextSpark } from './sparkline.tsx';
import { StateMachine } from './state-machine.tsx';
import { stateHint, stateTone, stateWords } from './state-words.ts';

export interface RouteItemProps {
  readonly route: LadderRouteView;
  /** The last hour; empty while it is not known. */
  readonly minutes: readonly LadderMinute[];
  /** What needs a person about this very route. */
  readonly alerts: readonly AlertView[];
}

/** One model behind one key: its state, its last hour, its warnings. */
export function RouteItem({ route, minutes, alerts }: RouteItemProps) {
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
      <Warnings route={route} alerts={alerts} />
      <div className={styles.trends}>
        <Trend
          name="First text"
          numbers={
            <>
              <b>{route.ttftP50Ms === null ? '–' : latencyWords(route.ttftP50Ms)}</b> p50 ·{' '}
              {route.ttftP95Ms === null ? '–' : latencyWords(route.ttftP95Ms)} p95
            </>
          }
        >
          {minutes.length > 0 && <FirstTextSpark minutes={minutes} />}
        </Trend>
        <Trend
          name="Errors"
          isBad={(route.errorRate ?? 0) >= 0.1}
          numbers={<b>{route.errorRate === null ? '–' : `${Math.round(route.errorRate * 100)} %`}</b>}
        >
          {minutes.length > 0 && <ErrorSpark minutes={minutes} />}
        </Trend>
      </div>
      <Figures route={route} />
    </div>
  );
}

interface TrendProps {
  readonly name: string;
  readonly numbers: ReactNode;
  readonly isBad?: boolean;
  readonly children: ReactNode;
}

function Trend({ name, numbers, isBad = false, children }: TrendProps) {
  return (
    <div className={styles.trend} data-bad={isBad || undefined}>
      <p className={styles.caption}>
        {name} <span>{numbers}</span>
      </p>
      {children}
    </div>
  );
}

/** What is wrong with the key, the quota or the model, and what the provider says about itself. */
function Warnings({ route, alerts }: Pick<RouteItemProps, 'route' | 'alerts'>) {
  const suspicion = route.suspicion ?? null;
  if (alerts.length === 0 && suspicion === null) return null;
  return (
    <ul className={styles.warnings}>
      {suspicion !== null && (
        <li>
          <AlertIcon size={15} />
          <span>
            <strong>{suspicion}.</strong> The route is judged more strictly until that ends.
          </span>
        </li>
      )}
      {alerts.map((alert) => (
        <li key={alert.id} data-severity={alert.severity}>
          <AlertIcon size={15} />
          <span>
            <strong>{alertTitle(alert.code)}.</strong> {alert.detail}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Figures({ route }: { readonly route: LadderRouteView }) {
  return (
    <dl className={styles.numbers}>
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
