import { useEffect, useState, useSyncExternalStore } from 'react';
import type { Texts } from '../locales/texts.ts';
import { Conversation } from './conversation-host.tsx';
import type { HostStore } from './host/host-store.ts';
import { chooseLocale, loadTexts } from './texts/load-texts.ts';
import { applyTheme } from './theme/apply-theme.ts';

interface Language {
  readonly locale: string;
  readonly texts: Texts;
}

/** The frame: loads its texts when the page points at the launcher, and connects when it is opened. */
export function App({ host, site }: { readonly host: HostStore; readonly site: string }) {
  const view = useSyncExternalStore(host.subscribe, host.getSnapshot);
  const language = useLanguage(view.locale);
  const [wasOpened, setWasOpened] = useState(false);
  if (!wasOpened && (view.isOpen || view.isEnded)) setWasOpened(true);

  useEffect(() => applyTheme(view.theme, view.accent), [view.theme, view.accent]);
  return language && wasOpened ? <Conversation host={host} view={view} site={site} {...language} /> : null;
}

function useLanguage(wanted: string | null): Language | null {
  const locale = chooseLocale([wanted, ...navigator.languages]);
  const [language, setLanguage] = useState<Language | null>(null);
  useEffect(() => {
    let isStale = false;
    loadTexts(locale).then(
      (texts) => {
        if (isStale) return;
        document.documentElement.lang = locale;
        document.documentElement.dir = texts.dir ?? 'ltr';
        setLanguage({ locale, texts });
      },
      () => {},
    );
    return () => {
      isStale = true;
    };
  }, [locale]);
  return language;
}
