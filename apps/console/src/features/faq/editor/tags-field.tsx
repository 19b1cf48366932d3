import { withoutInvisible } from '@stepdown/client/markdown';
import { type KeyboardEvent, useId, useState } from 'react';
import field from '../../../parts/field.module.css';
import { CloseIcon } from '../../../parts/icons.tsx';
import { Visible } from '../desk/visible.tsx';
import styles from './tags-field.module.css';

interface TagsFieldProps {
  readonly tags: readonly string[];
  /** Tags that other entries have. */
  readonly known: readonly string[];
  readonly problem: string | undefined;
  readonly onChange: (tags: readonly string[]) => void;
}

export function TagsField({ tags, known, problem, onChange }: TagsFieldProps) {
  const id = useId();
  const [typed, setTyped] = useState('');
  const add = (text: string) => {
    const more = text
      .split(',')
      .map((tag) => tag.trim())
      .filter((tag) => tag !== '' && !tags.includes(tag));
    if (more.length > 0) onChange([...tags, ...more]);
    setTyped('');
  };
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey) return;
    if (event.key === 'Enter' || event.key === ',') {
      event.preventDefault();
      add(typed);
    } else if (event.key === 'Backspace' && typed === '') onChange(tags.slice(0, -1));
  };
  return (
    <div className={field.field}>
      <label htmlFor={id}>Tags</label>
      <div className={styles.box}>
        {tags.map((tag) => (
          <span key={tag} className={styles.tag}>
            <Visible text={tag} />
            <button
              type="button"
              aria-label={`Remove tag ${withoutInvisible(tag)}`}
              onClick={() => onChange(tags.filter((other) => other !== tag))}
            >
              <CloseIcon size={12} />
            </button>
          </span>
        ))}
        <input
          id={id}
          value={typed}
          list={`${id}-known`}
          maxLength={200}
          placeholder={tags.length === 0 ? 'returns, shipping' : ''}
          aria-describedby={`${id}-hint`}
          autoComplete="off"
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={press}
          onBlur={() => add(typed)}
        />
        <datalist id={`${id}-known`}>
          {known
            .filter((tag) => !tags.includes(tag))
            .map((tag) => (
              <option key={tag} value={tag} />
            ))}
        </datalist>
      </div>
      <p id={`${id}-hint`} className={problem === undefined ? field.hint : field.error}>
        {problem ?? ''}
      </p>
    </div>
  );
}
