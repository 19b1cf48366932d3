import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { useKeys } from '../../../desk/use-keys.ts';
import { Button } from '../../../parts/button.tsx';
import { Page } from '../../../parts/page.tsx';
import styles from './faq-frame.module.css';
import { faqPaths } from './faq-paths.ts';
import { usePulse } from './pulse.tsx';

const TABS = [
  { to: faqPaths.list, label: 'Entries' },
  { to: faqPaths.gaps, label: 'Gaps' },
  { to: faqPaths.duplicates, label: 'Duplicates' },
  { to: faqPaths.exchange, label: 'Import and export' },
] as const;

/** The pages of the FAQ that stand side by side. */
export function FaqFrame({ children }: { readonly children: ReactNode }) {
  const [location, navigate] = useLocation();
  const { value } = usePulse();
  const write = () => navigate(faqPaths.newEntry());
  useKeys({ n: write });
  return (
    <Page
      title="FAQ"
      lead={
        <>
          The written answers: they ground every model, and answer alone when the models are gone.
          {value !== null && ` ${value.liveEntries} texts are live, in ${value.locales.length} languages.`}
        </>
      }
      actions={
        <Button tone="primary" shortcut="n" onClick={write}>
          New entry
        </Button>
      }
    >
      <nav className={styles.tabs} aria-label="FAQ">
        {TABS.map(({ to, label }) => (
          <Link key={to} href={to} aria-current={location === to ? 'page' : undefined}>
            {label}
          </Link>
        ))}
      </nav>
      {children}
    </Page>
  );
}
