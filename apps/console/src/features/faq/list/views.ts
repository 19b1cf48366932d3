import type { FaqListSearch } from '@stepdown/client/agent';

/** Questions an editor asks the list; one at a time. */
export const LIST_VIEWS = [
  { id: 'all', label: 'All', search: {} },
  { id: 'drafts', label: 'Drafts', search: { flag: 'has-draft' } },
  { id: 'published', label: 'Published', search: { state: 'live' } },
  { id: 'missing', label: 'Translation missing', search: { flag: 'missing' } },
  { id: 'stale', label: 'Translation older', search: { flag: 'stale' } },
  { id: 'problems', label: 'Problems', search: {} },
  { id: 'conflicts', label: 'Conflicts', search: { flag: 'conflict' } },
  { id: 'expiring', label: 'Expiring', search: { flag: 'expires' } },
  { id: 'archived', label: 'Archived', search: { state: 'archived' } },
] as const satisfies readonly { readonly id: string; readonly label: string; readonly search: FaqListSearch }[];

export type ListView = (typeof LIST_VIEWS)[number]['id'];

export interface ListFilter {
  readonly view: ListView;
  readonly search: string;
  readonly locale: string;
  readonly tag: string;
}

/** Reads the filter from the address, so that a way back and a bookmark show the same list. */
export function filterIn(query: URLSearchParams): ListFilter {
  const view = LIST_VIEWS.find(({ id }) => id === query.get('view'))?.id ?? 'all';
  return { view, search: query.get('search') ?? '', locale: query.get('locale') ?? '', tag: query.get('tag') ?? '' };
}

export function queryOf(filter: ListFilter): URLSearchParams {
  const given = Object.entries(filter).filter(([name, value]) => value !== '' && !(name === 'view' && value === 'all'));
  return new URLSearchParams(given);
}

/** What to ask the server for; its fields are left out where nothing is asked. */
export function searchOf({ view, search, locale, tag }: ListFilter): FaqListSearch {
  const asked = LIST_VIEWS.find(({ id }) => id === view)?.search ?? {};
  return { ...asked, ...(search !== '' && { search }), ...(locale !== '' && { locale }), ...(tag !== '' && { tag }) };
}
