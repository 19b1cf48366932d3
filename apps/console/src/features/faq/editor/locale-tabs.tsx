import type { FaqEntryDetail, FaqLocaleView } from '@stepdown/protocol';
import { Link } from 'wouter';
import { Badge, type BadgeTone } from '../desk/badge.tsx';
import { faqPaths } from '../desk/faq-paths.ts';
import { languageName, WIDGET_LANGUAGES } from '../desk/languages.ts';
import styles from './locale-tabs.module.css';

interface LocaleTabsProps {
  readonly detail: FaqEntryDetail;
  readonly current: string;
}

/** The languages of an entry, with what each one needs; the last ones are those the FAQ does not have at all. */
export function LocaleTabs({ detail, current }: LocaleTabsProps) {
  const there = detail.locales.map(({ locale }) => locale);
  const missing = [...detail.missingLocales].filter((locale) => !there.includes(locale));
  const isNew = !there.includes(current) && !missing.includes(current);
  const shown = [...there.sort((first, second) => rank(detail, first) - rank(detail, second)), ...missing, ...(isNew ? [current] : [])];
  const others = WIDGET_LANGUAGES.filter((locale) => !shown.includes(locale));
  return (
    <nav className={styles.tabs} aria-label="Languages">
      {shown.map((locale) => {
        const mark = markOf(detail.locales.find((view) => view.locale === locale));
        return (
          <Link key={locale} href={faqPaths.entry(detail.id, locale)} aria-current={locale === current ? 'page' : undefined} replace>
            {languageName(locale)}
            {mark !== null && <Badge tone={mark.tone}>{mark.text}</Badge>}
          </Link>
        );
      })}
      {others.map((locale) => (
        <Link key={locale} className={styles.other} href={faqPaths.entry(detail.id, locale)} replace>
          + {languageName(locale)}
        </Link>
      ))}
    </nav>
  );
}

/** The source first, the others as they are named. */
function rank(detail: FaqEntryDetail, locale: string): number {
  return locale === detail.sourceLocale ? -1 : detail.locales.findIndex((view) => view.locale === locale);
}

function markOf(view: FaqLocaleView | undefined): { readonly text: string; readonly tone: BadgeTone } | null {
  if (view === undefined) return { text: 'missing', tone: 'warn' };
  if (view.hasConflict) return { text: 'two versions', tone: 'bad' };
  if (view.state === 'archived' || view.state === 'expired') return { text: view.state, tone: 'calm' };
  if (view.hasDraft) return { text: 'draft', tone: 'accent' };
  return view.isStale ? { text: 'older', tone: 'warn' } : null;
}
