import type { FaqConflictView, FaqProblemView } from '@stepdown/protocol';
import { Link } from 'wouter';
import { AlertIcon } from '../../../parts/icons.tsx';
import { faqPaths } from '../desk/faq-paths.ts';
import { languageName } from '../desk/languages.ts';
import { Visible } from '../desk/visible.tsx';
import styles from './needs-look.module.css';

export interface NeedsLookProps {
  readonly problems: readonly FaqProblemView[];
  readonly conflicts: readonly FaqConflictView[];
  readonly isFolderWritable: boolean;
}

const SHOWN_AT_ONCE = 6;

/** Files and texts that need an editor: what is wrong, where, and what to do. Nothing when all is well. */
export function NeedsLook({ problems, conflicts, isFolderWritable }: NeedsLookProps) {
  // The server names a conflict among the problems too; here it has a place of its own.
  const disputed = new Set(conflicts.map(({ path }) => path));
  const errors = problems.filter(({ severity, path }) => severity === 'error' && !disputed.has(path));
  const warnings = problems.filter(({ severity }) => severity === 'warning');
  return (
    <div role="status" className={styles.region}>
      {conflicts.length > 0 && <Conflicts conflicts={conflicts} />}
      {errors.length > 0 && (
        <Problems
          title={errors.length === 1 ? 'One file can’t be used' : `${errors.length} files can’t be used`}
          lead={
            isFolderWritable
              ? 'The last good version of each stays live until it is fixed.'
              : 'What is published is live, but the folder can’t be written: it would be gone with the data folder.'
          }
          tone="bad"
          problems={errors}
        />
      )}
      {warnings.length > 0 && (
        <Problems
          title={warnings.length === 1 ? 'One text needs a look' : `${warnings.length} texts need a look`}
          lead="They are live."
          tone="warn"
          problems={warnings}
        />
      )}
    </div>
  );
}

function Conflicts({ conflicts }: { readonly conflicts: readonly FaqConflictView[] }) {
  return (
    <section className={styles.box} data-tone="bad" aria-label="Conflicts">
      <AlertIcon size={18} />
      <div>
        <h2>{conflicts.length === 1 ? 'One text was changed in two places' : `${conflicts.length} texts were changed in two places`}</h2>
        <p>Both versions are kept until somebody decides.</p>
        <ul>
          {conflicts.map(({ id, entryId, locale, path, live }) => (
            <li key={id}>
              <Link href={faqPaths.conflict(id)}>
                {entryId} in {languageName(locale)}
              </Link>
              <span>
                <Visible text={path} /> and the console differ; customers get {live === 'file' ? 'the file' : 'the console’s text'}.
              </span>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}

interface ProblemsProps {
  readonly title: string;
  readonly lead: string;
  readonly tone: 'bad' | 'warn';
  readonly problems: readonly FaqProblemView[];
}

function Problems({ title, lead, tone, problems }: ProblemsProps) {
  const rest = problems.slice(SHOWN_AT_ONCE);
  return (
    <section className={styles.box} data-tone={tone} aria-label={tone === 'bad' ? 'Problems' : 'Warnings'}>
      <AlertIcon size={18} />
      <div>
        <h2>{title}</h2>
        <p>{lead}</p>
        <ProblemLines problems={problems.slice(0, SHOWN_AT_ONCE)} />
        {rest.length > 0 && (
          <details>
            <summary>{rest.length} more</summary>
            <ProblemLines problems={rest} />
          </details>
        )}
      </div>
    </section>
  );
}

function ProblemLines({ problems }: { readonly problems: readonly FaqProblemView[] }) {
  return (
    <ul>
      {problems.map(({ path, line, reason, remedy }) => (
        <li key={`${path} ${line} ${reason}`}>
          <code>
            <Visible text={path} />
            {line > 0 && `:${line}`}
          </code>
          <span>
            <Visible text={sentence(reason)} /> <Visible text={sentence(remedy)} />
          </span>
        </li>
      ))}
    </ul>
  );
}

/** Reasons come as half sentences, so that a terminal can join them. */
function sentence(words: string): string {
  const text = words.slice(0, 1).toUpperCase() + words.slice(1);
  return /[.!?:]$/.test(text) ? text : `${text}.`;
}
