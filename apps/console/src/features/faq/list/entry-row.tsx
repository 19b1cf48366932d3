import type { FaqList, FaqListItem, FaqLocaleView } from '@stepdown/protocol';
import { Link } from 'wouter';
import { Badge, type BadgeTone } from '../desk/badge.tsx';
import { faqPaths } from '../desk/faq-paths.ts';
import { languageName } from '../desk/languages.ts';
import { Visible } from '../desk/visible.tsx';
import styles from './entry-row.module.css';

interface EntryRowProps {
  readonly item: FaqListItem;
  readonly list: FaqList;
  readonly locale: string;
  /** Texts kept on this device, as `locale/id`. */
  readonly unsaved: ReadonlySet<string>;
}

/** One entry; its link opens the language that is looked at, or the source. */
export function EntryRow({ item, list, locale, unsaved }: EntryRowProps) {
  const { sourceLocale } = list;
  const wanted = locale === '' ? sourceLocale : locale;
  const view = item.locales.find((each) => each.locale === wanted);
  const shown = view ?? item.locales[0];
  return (
    <li className={styles.row}>
      <p className={styles.head}>
        <Link className={styles.link} href={faqPaths.entry(item.id, locale === '' ? shown?.locale : locale)} data-entry={item.id}>
          <span lang={view?.locale ?? sourceLocale} dir="auto">
            <Visible text={view?.question ?? item.question} />
          </span>
        </Link>
        {marksOf(item, locale, unsaved).map(({ text, tone }) => (
          <Badge key={text} tone={tone}>
            {text}
          </Badge>
        ))}
      </p>
      <p className={styles.meta}>
        <span className={styles.id}>{item.id}</span>
        {item.tags.map((tag) => (
          <span key={tag} className={styles.tag}>
            <Visible text={tag} />
          </span>
        ))}
        <Locales item={item} all={list.locales} />
      </p>
    </li>
  );
}

interface Mark {
  readonly text: string;
  readonly tone: BadgeTone;
}

function marksOf(item: FaqListItem, locale: string, unsaved: ReadonlySet<string>): Mark[] {
  const views = locale === '' ? item.locales : item.locales.filter((each) => each.locale === locale);
  const has = (test: (view: FaqLocaleView) => boolean) => views.some(test);
  const soonest = views.flatMap(({ expires }) => expires ?? []).sort()[0];
  const isMissing = locale !== '' && views.length === 0;
  return [
    ...(views.some((view) => unsaved.has(`${view.locale}/${item.id}`)) ? [{ text: 'Not saved', tone: 'accent' } as const] : []),
    ...(has((view) => view.hasConflict) ? [{ text: 'Two versions', tone: 'bad' } as const] : []),
    ...(has((view) => view.hasDraft) ? [{ text: 'Draft', tone: 'accent' } as const] : []),
    ...(isMissing ? [{ text: 'Missing', tone: 'warn' } as const] : []),
    ...(locale !== '' && has((view) => view.isStale) ? [{ text: 'Older translation', tone: 'warn' } as const] : []),
    ...(views.length > 0 && views.every(({ state }) => state === 'archived') ? [{ text: 'Archived', tone: 'calm' } as const] : []),
    ...(has((view) => view.state === 'expired')
      ? [{ text: 'Expired', tone: 'warn' } as const]
      : soonest === undefined
        ? []
        : [{ text: `Until ${soonest}`, tone: 'calm' } as const]),
  ];
}

/** One small mark a language: there, older, a draft, or missing. */
function Locales({ item, all }: { readonly item: FaqListItem; readonly all: readonly string[] }) {
  return (
    <span className={styles.locales}>
      {all.map((locale) => {
        const state = localeState(item, locale);
        return (
          <span key={locale} data-state={state} title={`${languageName(locale)}: ${state}`}>
            <span aria-hidden="true">{locale}</span>
            <span className="visually-hidden">
              {languageName(locale)}: {state},{' '}
            </span>
          </span>
        );
      })}
    </span>
  );
}

function localeState(item: FaqListItem, locale: string): string {
  const view = item.locales.find((each) => each.locale === locale);
  if (view === undefined) return 'missing';
  if (view.state !== 'live') return view.state;
  return view.isStale ? 'older' : 'live';
}
