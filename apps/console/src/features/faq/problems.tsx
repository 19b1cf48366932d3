import type { FaqProblemView } from '@stepdown/protocol';
import { AlertIcon } from '../../parts/icons.tsx';
import styles from './faq.module.css';

/** Files that need an editor, with the line, the reason and the cure. */
export function Problems({ problems }: { readonly problems: readonly FaqProblemView[] }) {
  return (
    <section className={styles.problems} aria-label="Problems">
      <AlertIcon size={18} />
      <div>
        <h2>{problems.length === 1 ? 'One file needs a look' : `${problems.length} files need a look`}</h2>
        <p>The last good version of each stays live until it is fixed.</p>
        <ul>
          {problems.map((problem) => (
            <li key={`${problem.path} ${problem.line} ${problem.reason}`}>
              <code>
                {problem.path}:{problem.line}
              </code>
              <span>
                {problem.reason} {problem.remedy}
              </span>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
