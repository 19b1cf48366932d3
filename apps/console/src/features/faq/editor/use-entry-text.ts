import type { FaqDiffLine, FaqRevisionView, FaqSaved, WireError } from '@stepdown/protocol';
import { useEffect, useState } from 'react';
import { useFaq } from '../desk/use-faq.ts';
import { contentOf, type EntryForm, formOf, isSameForm } from './entry-form.ts';
import { keptName, useKeptTexts } from './kept-texts.ts';

export interface EntryTextOptions {
  /** Where unsaved text is kept on this device. */
  readonly keptUnder: string;
  /** A new entry is named after its question until somebody names it. */
  readonly idOf: (form: EntryForm) => string;
  readonly locale: string;
  /** What the server had when the editor was opened. */
  readonly opened: { readonly revision: number; readonly form: EntryForm };
  /** Put among the phrasings at the start; null for nothing. */
  readonly phrasing?: string | null;
}

/** Somebody else saved first: their text, and how ours differs from it. */
export interface SaveConflict {
  readonly latest: FaqRevisionView;
  readonly diff: readonly FaqDiffLine[];
}

export interface EntryText {
  readonly entryId: string;
  readonly form: EntryForm;
  readonly change: (part: Partial<EntryForm>) => void;
  /** There is text that the server does not have. */
  readonly isUnsaved: boolean;
  /** It was found on this device, left there by an earlier visit. */
  readonly isRestored: boolean;
  readonly saving: 'draft' | 'published' | null;
  readonly failure: WireError | null;
  readonly conflict: SaveConflict | null;
  readonly saved: FaqSaved | null;
  readonly save: (status: 'draft' | 'published') => Promise<FaqSaved | null>;
  /** Back to what the server has. */
  readonly discard: () => void;
  /** Ends a conflict: goes on with this text, on top of theirs. */
  readonly settle: (form: EntryForm) => void;
}

interface Base {
  /** Whose revision it is; null for the entry that was opened. A new entry may be given another id meanwhile. */
  readonly of: string | null;
  readonly revision: number;
  readonly form: EntryForm;
}

interface Outcome {
  readonly saved: FaqSaved | null;
  readonly failure: WireError | null;
  readonly conflict: SaveConflict | null;
}

const nothing: Outcome = { saved: null, failure: null, conflict: null };

/** The text in front of an editor. Whatever happens to the server or the page, what was typed stays on this device. */
export function useEntryText({ keptUnder, idOf, locale, opened, phrasing = null }: EntryTextOptions): EntryText {
  const faq = useFaq();
  const kept = useKeptTexts();
  const [start] = useState(() => kept.get(keptUnder));
  const [form, setForm] = useState(() => withPhrasing(start?.form ?? opened.form, phrasing));
  // Text begun on an older revision is saved as such, so that the server names who came in between.
  const [base, setBase] = useState<Base>({ of: null, revision: start?.baseRevision ?? opened.revision, form: opened.form });
  const [outcome, setOutcome] = useState<Outcome>(nothing);
  const [saving, setSaving] = useState<EntryText['saving']>(null);
  const isUnsaved = !isSameForm(form, base.form);
  const entryId = idOf(form);
  const name = keptName(entryId, locale);

  useEffect(() => {
    if (isUnsaved) kept.set(keptUnder, { baseRevision: base.revision, form, entryId, locale });
    else kept.remove(keptUnder);
  }, [kept, keptUnder, isUnsaved, base.revision, form, entryId, locale]);

  async function save(status: 'draft' | 'published'): Promise<FaqSaved | null> {
    if (saving !== null) return null;
    setSaving(status);
    const baseRevision = base.of === null || base.of === name ? base.revision : 0;
    const answer = await faq.save(entryId, { locale, baseRevision, content: contentOf(form), status });
    setSaving(null);
    if (!answer.ok) {
      const { error, latest, diff = [] } = answer;
      setOutcome({ saved: null, failure: error, conflict: latest == null ? null : { latest, diff } });
      return null;
    }
    const cleaned = formOf(answer.revision.content);
    setBase({ of: name, revision: answer.revision.revision, form: cleaned });
    // The server may have made the text safe; what was typed meanwhile stands.
    setForm((now) => (now === form ? cleaned : now));
    setOutcome({ ...nothing, saved: answer });
    return answer;
  }

  return {
    entryId,
    form,
    isUnsaved,
    isRestored: start !== null && isUnsaved && form === start.form,
    saving,
    ...outcome,
    change: (part) => setForm((now) => ({ ...now, ...part })),
    save,
    discard: () => {
      // Here and not only in the effect: who opens the editor anew may do it before the effect runs.
      kept.remove(keptUnder);
      setForm(base.form);
      setOutcome(nothing);
    },
    settle: (chosen) => {
      const { conflict } = outcome;
      if (conflict !== null)
        setBase({ of: nameOf(conflict.latest), revision: conflict.latest.revision, form: formOf(conflict.latest.content) });
      setForm(chosen);
      setOutcome(nothing);
    },
  };
}

function withPhrasing(form: EntryForm, phrasing: string | null): EntryForm {
  if (phrasing === null || phrasing === form.question || form.variants.includes(phrasing)) return form;
  return { ...form, variants: [...form.variants, phrasing] };
}

function nameOf({ entryId, locale }: FaqRevisionView): string {
  return keptName(entryId, locale);
}
