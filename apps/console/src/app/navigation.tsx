import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { useAgent, useMe, useRights } from '../desk/agent-context.tsx';
import { BookIcon, InboxIcon, ReportIcon, SearchIcon, SettingsIcon, StairsIcon, TeamIcon } from '../parts/icons.tsx';
import { StepGlyph } from '../parts/tier-badge.tsx';
import { tierName } from '../parts/tiers.ts';
import styles from './navigation.module.css';
import { paths } from './paths.ts';

/** Always there: where to go, who waits, and what answers now. */
export function Navigation({ onPalette }: { readonly onPalette: () => void }) {
  const waiting = useAgent((snapshot) => snapshot.inbox.counts.queue);
  const alertCount = useAgent((snapshot) => snapshot.alerts.filter((alert) => alert.acknowledgedBy === undefined).length);
  const ladder = useAgent((snapshot) => snapshot.ladder);
  const { isAdmin, isEditor } = useRights();
  const me = useMe();
  return (
    <header className={styles.side}>
      <div className={styles.brand}>
        <svg aria-hidden="true" width="28" height="28" viewBox="0 0 32 32">
          <rect width="32" height="32" rx="9" className={styles.mark} />
          <path d="M7 9h6v6h6v6h6" fill="none" strokeWidth="3" strokeLinecap="round" strokeLinejoin="round" className={styles.stairs} />
        </svg>
        <span>Stepdown</span>
      </div>
      <button
        type="button"
        className={styles.find}
        onClick={onPalette}
        aria-label="Search and commands"
        aria-keyshortcuts="Control+K Meta+K"
      >
        <SearchIcon size={16} />
        <span>Search</span>
        <span className={styles.hotkey} data-keys={isApple() ? '⌘K' : 'Ctrl K'} />
      </button>
      <nav aria-label="Main" className={styles.nav}>
        <Item to={paths.inbox()} under="/inbox" icon={<InboxIcon size={20} />} label="Inbox" count={waiting} countWords="waiting" />
        <Item
          to={paths.ladder}
          under="/ladder"
          icon={ladder === null ? <StairsIcon size={20} /> : <StepGlyph tier={ladder.tier} size={20} />}
          label="Ladder"
          count={alertCount}
          countWords="alerts"
        />
        {isEditor && <Item to={paths.faq} under="/faq" icon={<BookIcon size={20} />} label="FAQ" />}
        {isAdmin && <Item to={paths.team} under="/team" icon={<TeamIcon size={20} />} label="Team" />}
        <Item to={paths.reports} under="/reports" icon={<ReportIcon size={20} />} label="Reports" />
        <Item to={paths.settings} under="/settings" icon={<SettingsIcon size={20} />} label="Settings" />
      </nav>
      <TierNow />
      <Link href={paths.settings} className={styles.me}>
        <span className={styles.face} aria-hidden="true">
          {me.name.slice(0, 1).toUpperCase()}
        </span>
        <span className={styles['me-text']}>
          <strong dir="auto">{me.name}</strong>
          <span>{me.role}</span>
        </span>
      </Link>
    </header>
  );
}

interface ItemProps {
  readonly to: string;
  readonly under: string;
  readonly icon: ReactNode;
  readonly label: string;
  readonly count?: number;
  readonly countWords?: string;
}

function Item({ to, under, icon, label, count = 0, countWords = '' }: ItemProps) {
  const [location] = useLocation();
  return (
    <Link href={to} className={styles.item} aria-current={location.startsWith(under) ? 'page' : undefined}>
      {icon}
      <span className={styles.label}>{label}</span>
      {count > 0 && (
        <span className={styles.count}>
          {count > 99 ? '99+' : count} <span className="visually-hidden">{countWords}</span>
        </span>
      )}
    </Link>
  );
}

/** The one fact an agent must never have to look for. */
function TierNow() {
  const ladder = useAgent((snapshot) => snapshot.ladder);
  if (ladder === null) return <span className={styles.space} />;
  return (
    <Link href={paths.ladder} className={styles.tier} data-mood={ladder.tier === 'faq' || ladder.tier === 'handoff' ? 'bad' : 'calm'}>
      <StepGlyph tier={ladder.tier} size={22} />
      <span className={styles['tier-text']}>
        <span>{(ladder.drill ?? null) === null ? 'Answering now' : 'Drill: answering now'}</span>
        <strong>{tierName(ladder.tier)}</strong>
      </span>
    </Link>
  );
}

function isApple(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.userAgent);
}
