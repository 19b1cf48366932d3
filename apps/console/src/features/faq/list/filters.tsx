import { SelectField, TextField } from '../../../parts/field.tsx';
import { languageName } from '../desk/languages.ts';
import styles from './filters.module.css';
import { useCounts } from './use-entries.ts';
import { LIST_VIEWS, type ListFilter } from './views.ts';

export interface FiltersProps {
  readonly filter: ListFilter;
  readonly locales: readonly string[];
  readonly tags: readonly string[];
  readonly onChange: (part: Partial<ListFilter>) => void;
}

export function Filters({ filter, locales, tags, onChange }: FiltersProps) {
  const counts = useCounts(filter.locale);
  return (
    <div className={styles.filters}>
      <div className={styles.fields}>
        <TextField
          name="faq-search"
          label="Search entries"
          type="search"
          placeholder="Words of a question, an answer, a tag"
          value={filter.search}
          maxLength={200}
          onChange={(event) => onChange({ search: event.target.value })}
        />
        <SelectField label="Language" value={filter.locale} onChange={(event) => onChange({ locale: event.target.value })}>
          <option value="">All</option>
          {locales.map((each) => (
            <option key={each} value={each}>
              {languageName(each)}
            </option>
          ))}
        </SelectField>
        <SelectField label="Tag" value={filter.tag} onChange={(event) => onChange({ tag: event.target.value })}>
          <option value="">All</option>
          {tags.map((each) => (
            <option key={each}>{each}</option>
          ))}
        </SelectField>
      </div>
      <fieldset className={styles.views}>
        <legend className="visually-hidden">Show</legend>
        {LIST_VIEWS.map(({ id, label }) => (
          <button
            key={id}
            type="button"
            aria-pressed={filter.view === id}
            data-none={counts[id] === 0 || undefined}
            onClick={() => onChange({ view: id })}
          >
            {label} <span>{counts[id] ?? ''}</span>
          </button>
        ))}
      </fieldset>
    </div>
  );
}
