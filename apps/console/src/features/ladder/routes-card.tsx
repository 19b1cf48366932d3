import type { LadderView } from '@stepdown/protocol';
import { useAgent } from '../../desk/agent-context.tsx';
import { Card } from '../../parts/page.tsx';
import { TierBadge } from '../../parts/tier-badge.tsx';
import { RouteItem } from './route-item.tsx';
import styles from './routes-card.module.css';
import { useHistory } from './use-history.ts';

/** Every tier and route: state, how fast and how often it failed over the last hour, and what needs a person. */
export function RoutesCard({ ladder }: { readonly ladder: LadderView }) {
  const history = useHistory();
  const alerts = useAgent((snapshot) => snapshot.alerts);
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
              <RouteItem
                key={route.id}
                route={route}
                minutes={history.get(route.id) ?? []}
                alerts={alerts.filter(({ routeId }) => routeId === route.id)}
              />
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
