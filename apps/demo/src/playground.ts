import { readLook, snippetOf, startWidget } from './playground/look';
import { offerTiers } from './playground/tiers';

const DEFAULTS: Readonly<Record<string, string>> = {
  theme: 'auto',
  locale: 'en',
  position: 'right',
  accent: '#0f5f59',
  'offset-x': '20',
  'offset-y': '20',
};
const LOCALES = ['en', 'de', 'fr', 'es', 'pt', 'ja', 'zh', 'ar'];

const form = document.querySelector<HTMLFormElement>('#look');
const snippet = document.querySelector('#snippet');
const look = readLook(new URLSearchParams(location.search), DEFAULTS);

if (form !== null) {
  const names = new Intl.DisplayNames('en', { type: 'language' });
  for (const locale of LOCALES) form.querySelector('[name=locale]')?.append(new Option(names.of(locale), locale));
  for (const field of form.querySelectorAll<HTMLInputElement | HTMLSelectElement>('[name]')) field.value = look[field.name] ?? '';
  // The loader reads its attributes once, so another look is another load of the page.
  form.addEventListener('change', (event) => {
    if (!(event.target instanceof HTMLElement && event.target.hasAttribute('name'))) return;
    const chosen = [...new FormData(form)].filter(([name, value]) => value !== (DEFAULTS[name] ?? ''));
    location.search = new URLSearchParams(chosen.map(([name, value]) => [name, String(value)])).toString();
  });
}
if (snippet !== null) snippet.textContent = snippetOf(location.origin, look, DEFAULTS);
startWidget(look, location.search !== '');
void offerTiers();
