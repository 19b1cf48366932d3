/** Attributes of the script tag without `data-`. */
export type Look = Readonly<Record<string, string>>;

const NAMES = ['theme', 'locale', 'position', 'accent', 'label', 'offset-x', 'offset-y'];

export function readLook(search: URLSearchParams, defaults: Look): Look {
  return Object.fromEntries(
    NAMES.flatMap((name) => {
      const value = search.get(name) ?? defaults[name];
      return value === undefined || value === '' ? [] : [[name, value]];
    }),
  );
}

/** The line to copy: only what differs from the defaults. */
export function snippetOf(origin: string, look: Look, defaults: Look): string {
  const attributes = Object.entries(look)
    .filter(([name, value]) => value !== defaults[name])
    .map(([name, value]) => ` data-${name}="${value.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"`);
  return `<script async src="${origin}/widget.js" data-site="default"${attributes.join('')}></script>`;
}

export function startWidget(look: Look, isOpen: boolean): void {
  const script = document.createElement('script');
  script.async = true;
  script.src = '/widget.js';
  for (const [name, value] of Object.entries(look)) script.setAttribute(`data-${name}`, value);
  script.addEventListener('load', () => {
    const widget: unknown = Reflect.get(window, 'Stepdown');
    if (isOpen && typeof widget === 'function') widget('open');
  });
  document.head.append(script);
}
