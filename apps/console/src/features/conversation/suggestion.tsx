import { withoutInvisible } from '@stepdown/client/markdown';
import type { SuggestedText, SuggestionView } from '@stepdown/protocol';
import { Button, IconButton } from '../../parts/button.tsx';
import { CloseIcon } from '../../parts/icons.tsx';
import { Markdown } from '../../parts/markdown.tsx';
import { TierBadge } from '../../parts/tier-badge.tsx';
import styles from './suggestion.module.css';

export interface SuggestionProps {
  readonly suggestion: SuggestionView;
  /** The customer has written after it was made. */
  readonly isStale: boolean;
  readonly onUse: (text: string) => void;
  readonly onAgain: () => void;
  readonly onDismiss: () => void;
}

/** A draft and a summary, each with who wrote it. Nothing of it reaches the customer before the agent sends it. */
export function Suggestion({ suggestion, isStale, onUse, onAgain, onDismiss }: SuggestionProps) {
  const { summary, reply, hits } = suggestion;
  return (
    <section className={styles.card} aria-label="Suggestion">
      <header>
        <h3>Suggestion</h3>
        <span className={styles.note}>Only you see this.</span>
        {isStale && (
          <Button size="small" onClick={onAgain}>
            The customer wrote again: ask anew
          </Button>
        )}
        <IconButton label="Dismiss the suggestion" onClick={onDismiss}>
          <CloseIcon size={16} />
        </IconButton>
      </header>
      <div className={styles.scroll}>
        <div className={styles.part}>
          <h4>
            So far <By text={summary} />
          </h4>
          <Markdown text={summary.text} />
        </div>
        <div className={styles.part}>
          <h4>
            Reply <By text={reply} />
          </h4>
          {reply.text.trim() === '' ? <p className={styles.note}>Nothing fits.</p> : <Markdown text={reply.text} />}
          {reply.sources.length > 0 && (
            <p className={styles.note}>From: {reply.sources.map(({ title }) => withoutInvisible(title)).join(' · ')}</p>
          )}
          {reply.text.trim() !== '' && (
            <Button size="small" tone="primary" onClick={() => onUse(reply.text)}>
              Put into the reply
            </Button>
          )}
        </div>
        {hits.length > 0 && (
          <details className={styles.part}>
            <summary>What the FAQ has ({hits.length})</summary>
            <ul>
              {hits.map((hit) => (
                <li key={hit.id}>
                  <span dir="auto">{withoutInvisible(hit.question)}</span>
                  <button type="button" onClick={() => onUse(hit.answer)}>
                    Use<span className="visually-hidden"> the answer to {withoutInvisible(hit.question)}</span>
                  </button>
                </li>
              ))}
            </ul>
          </details>
        )}
      </div>
    </section>
  );
}

/** Model and tier, or that it was none: a template must not look like a thought. */
function By({ text }: { readonly text: SuggestedText }) {
  const isTemplate = text.tier === 'faq' || text.tier === 'handoff';
  return (
    <span className={styles.by}>
      <TierBadge tier={text.tier} detail={text.model ?? undefined} />
      {isTemplate && <span>no model answered</span>}
    </span>
  );
}
