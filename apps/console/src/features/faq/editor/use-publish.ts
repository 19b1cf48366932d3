import type { FaqReplayResult, FaqSaved } from '@stepdown/protocol';
import { useState } from 'react';
import { useFaq } from '../desk/use-faq.ts';
import { REPLAYED } from '../try-out/replay.tsx';
import { contentOf } from './entry-form.ts';
import type { EntryText } from './use-entry-text.ts';

export interface Publishing {
  readonly isChecking: boolean;
  /** What stands in the way: questions that would break, or a check that could not be made. Null: nothing is asked. */
  readonly doubt: { readonly replay: FaqReplayResult | null; readonly problem: string | null } | null;
  readonly publish: () => Promise<void>;
  readonly confirm: () => Promise<void>;
  readonly cancel: () => void;
}

interface PublishOptions {
  readonly text: EntryText;
  readonly entryId: string;
  readonly locale: string;
  readonly onPublished: (saved: FaqSaved, gained: number) => void;
}

/** Publishes after real questions were asked against the text; where any would break, somebody has to say yes. */
export function usePublish({ text, entryId, locale, onPublished }: PublishOptions): Publishing {
  const faq = useFaq();
  const [isChecking, setChecking] = useState(false);
  const [doubt, setDoubt] = useState<Publishing['doubt']>(null);

  async function send(gained: number): Promise<void> {
    setDoubt(null);
    const saved = await text.save('published');
    if (saved !== null) onPublished(saved, gained);
  }
  async function publish(): Promise<void> {
    if (isChecking || text.saving !== null) return;
    setChecking(true);
    const replay = await faq.replay({ id: entryId, locale, content: contentOf(text.form) }, REPLAYED);
    setChecking(false);
    if (!replay.ok) setDoubt({ replay: null, problem: replay.error.message });
    else if (replay.broken > 0) setDoubt({ replay, problem: null });
    else await send(replay.gained);
  }
  return { isChecking, doubt, publish, confirm: () => send(doubt?.replay?.gained ?? 0), cancel: () => setDoubt(null) };
}
