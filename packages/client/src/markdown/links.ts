const ADDRESS = /^mailto:[^\s@?&<>"',;:]+@[^\s@?&<>"',;:]+$/i;
const DOMAIN = /(?:[\p{L}\p{N}-]+\.)+\p{L}{2,}/u;
/** Printable ASCII and letters beyond it: everything else is something a browser skips or turns into something else. */
const PLAIN = /^[!#-&(-;=?-[\]^_a-z{|}~\u00a1-\u{10ffff}]+$/u;

/** The address to link to, or null: only https without a name in front of the host, and plain mailto (checklist D20). */
export function safeHref(target: string): string | null {
  if (!PLAIN.test(target) || /\s/.test(target)) return null;
  if (ADDRESS.test(target)) return target;
  if (!/^https:\/\/[^/]/i.test(target) || !URL.canParse(target)) return null;
  const url = new URL(target);
  // "https://bank.example@evil.example" shows one host and opens another.
  return url.protocol === 'https:' && url.username === '' && url.password === '' ? url.href : null;
}

/** True when the label names another place than the link opens. */
export function isMisleading(label: string, href: string): boolean {
  const named = DOMAIN.exec(label)?.[0].toLowerCase();
  if (named === undefined) return false;
  const host = href.startsWith('mailto:') ? href.slice(href.indexOf('@') + 1) : new URL(href).hostname;
  return host !== named && !host.endsWith(`.${named}`) && `www.${host}` !== named;
}
