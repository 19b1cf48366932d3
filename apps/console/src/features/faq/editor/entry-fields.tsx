import { TextField } from '../../../parts/field.tsx';
import { TextAreaField } from '../desk/text-area-field.tsx';
import styles from './entry-fields.module.css';
import type { EntryForm, FormProblems } from './entry-form.ts';
import { TagsField } from './tags-field.tsx';
import { VariantsField } from './variants-field.tsx';

interface EntryFieldsProps {
  readonly form: EntryForm;
  readonly locale: string;
  readonly problems: FormProblems;
  readonly knownTags: readonly string[];
  readonly onChange: (part: Partial<EntryForm>) => void;
}

export function EntryFields({ form, locale, problems, knownTags, onChange }: EntryFieldsProps) {
  return (
    <div className={styles.fields}>
      <TextField
        label="Question"
        hint="As a customer would ask it."
        value={form.question}
        error={problems.question}
        maxLength={600}
        lang={locale}
        dir="auto"
        onChange={(event) => onChange({ question: event.target.value })}
      />
      <TextAreaField
        label="Answer"
        hint="Markdown: **bold**, - list, 1. list, [words](https://…), `code`. HTML and images are shown as text."
        className={styles.answer}
        rows={9}
        value={form.answer}
        error={problems.answer}
        lang={locale}
        dir="auto"
        onChange={(event) => onChange({ answer: event.target.value })}
      />
      <VariantsField variants={form.variants} locale={locale} problem={problems.variants} onChange={(variants) => onChange({ variants })} />
      <div className={styles.pair}>
        <TagsField tags={form.tags} known={knownTags} problem={problems.tags} onChange={(tags) => onChange({ tags })} />
        <TextField
          label="Goes offline after"
          type="date"
          value={form.expires}
          onChange={(event) => onChange({ expires: event.target.value })}
        />
      </div>
    </div>
  );
}
