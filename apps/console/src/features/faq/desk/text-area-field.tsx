import { type ReactNode, type TextareaHTMLAttributes, useId } from 'react';
import { classes } from '../../../parts/classes.ts';
import field from '../../../parts/field.module.css';

interface TextAreaFieldProps extends TextareaHTMLAttributes<HTMLTextAreaElement> {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
}

export function TextAreaField({ label, hint, error, className, ...rest }: TextAreaFieldProps) {
  const id = useId();
  return (
    <div className={classes(field.field, className)}>
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        className={field.control}
        aria-invalid={error !== undefined || undefined}
        aria-describedby={`${id}-hint`}
        {...rest}
      />
      <p id={`${id}-hint`} className={error === undefined ? field.hint : field.error}>
        {error ?? hint}
      </p>
    </div>
  );
}
