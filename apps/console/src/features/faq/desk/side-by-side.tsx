import { useId } from 'react';
import { contentOf, type EntryForm } from '../editor/entry-form.ts';
import styles from './side-by-side.module.css';

export type Side = 'first' | 'second';
export type FieldName = 'question' | 'variants' | 'answer' | 'tags' | 'expires';
export type Picks = Partial<Record<FieldName, Side>>;

const FIELDS: readonly { readonly name: FieldName; readonly label: string }[] = [
  { name: 'question', label: 'Question' },
  { name: 'variants', label: 'Other phrasings' },
  { name: 'answer', label: 'Answer' },
  { name: 'tags', label: 'Tags' },
  { name: 'expires', label: 'Goes offline after' },
];

export interface SideBySideProps {
  readonly first: { readonly title: string; readonly form: EntryForm };
  readonly second: { readonly title: string; readonly form: EntryForm };
  readonly picks: Picks;
  readonly onPick: (name: FieldName, side: Side) => void;
}

/** Two texts of one entry, field by field where they differ, with a choice for each. */
export function SideBySide({ first, second, picks, onPick }: SideBySideProps) {
  const id = useId();
  return (
    <div className={styles.fields}>
      {differingFields(first.form, second.form).map(({ name, label }) => (
        <fieldset key={name} className={styles.field}>
          <legend>{label}</legend>
          <Choice
            group={`${id} ${name}`}
            title={first.title}
            text={shownText(first.form, second.form, name)}
            isPicked={picks[name] === 'first'}
            onPick={() => onPick(name, 'first')}
          />
          <Choice
            group={`${id} ${name}`}
            title={second.title}
            text={shownText(second.form, first.form, name)}
            isPicked={picks[name] === 'second'}
            onPick={() => onPick(name, 'second')}
          />
        </fieldset>
      ))}
    </div>
  );
}

interface ChoiceProps {
  /** Both sides of a field are one choice, also for the arrow keys. */
  readonly group: string;
  readonly title: string;
  readonly text: string;
  readonly isPicked: boolean;
  readonly onPick: () => void;
}

function Choice({ group, title, text, isPicked, onPick }: ChoiceProps) {
  const id = useId();
  return (
    <label className={styles.choice} data-picked={isPicked || undefined}>
      <span className={styles.who}>
        <input type="radio" name={group} aria-label={title} checked={isPicked} onChange={onPick} aria-describedby={id} />
        {title}
      </span>
      <span id={id} className={styles.text} dir="auto">
        {text === '' ? 'empty' : text}
      </span>
    </label>
  );
}

export function differingFields(first: EntryForm, second: EntryForm): typeof FIELDS {
  return FIELDS.filter(({ name }) => textOf(first, name) !== textOf(second, name));
}

/** The text that the picks make; what was not picked comes from the second side. */
export function merged(first: EntryForm, second: EntryForm, picks: Picks): EntryForm {
  const taken = FIELDS.filter(({ name }) => picks[name] === 'first').map(({ name }) => [name, first[name]]);
  return { ...second, ...Object.fromEntries(taken) };
}

function textOf(form: EntryForm, name: FieldName): string {
  const value = contentOf(form)[name] ?? '';
  return typeof value === 'string' ? value : value.join(name === 'tags' ? ', ' : '\n');
}

/** A long list is read by what only this side has. */
function shownText(form: EntryForm, other: EntryForm, name: FieldName): string {
  if (name !== 'variants') return textOf(form, name);
  const [mine, theirs] = [contentOf(form).variants, new Set(contentOf(other).variants)];
  const own = mine.filter((variant) => !theirs.has(variant));
  const shared = mine.length - own.length;
  const rest = shared === 0 ? [] : [`${own.length === 0 ? '' : 'and '}${shared} that both have`];
  return [...own, ...rest].join('\n');
}
