import type { FaqDuplicates } from '@stepdown/protocol';
import { Link } from 'wouter';
import { Empty } from '../../../parts/empty.tsx';
import { CheckIcon } from '../../../parts/icons.tsx';
import { Badge, type BadgeTone } from '../desk/badge.tsx';
import { FaqFrame } from '../desk/faq-frame.tsx';
import { faqPaths } from '../desk/faq-paths.ts';
import { languageName } from '../desk/languages.ts';
import { usePulse } from '../desk/pulse.tsx';
import { ReadState } from '../desk/read-state.tsx';
import { useFaq } from '../desk/use-faq.ts';
import { useRead } from '../desk/use-read.ts';
import { Visible } from '../desk/visible.tsx';
import styles from './gaps.module.css';

type Pair = FaqDuplicates['pairs'][number];

const KINDS: Readonly<Record<Pair['kind'], { readonly label: string; readonly tone: BadgeTone; readonly advice: string }>> = {
  contradiction: {
    label: 'Contradiction',
    tone: 'bad',
    advice: 'They ask the same and their answers take opposite sides. Decide which one is right.',
  },
  duplicate: { label: 'Duplicate', tone: 'warn', advice: 'They ask the same. Put both into one entry, and the matcher need not choose.' },
  opposite: { label: 'Opposite', tone: 'calm', advice: 'They look alike but ask for the opposite. Keep both, and keep their words apart.' },
};
const ORDER = Object.keys(KINDS);

/** Entries that get in each other's way. */
export function DuplicatesPage() {
  const faq = useFaq();
  const { value: pulse } = usePulse();
  const duplicates = useRead(`${pulse?.contentVersion}`, () => faq.duplicates());
  return (
    <FaqFrame>
      <ReadState reading={duplicates} waiting="Comparing every entry with its neighbours…">
        {({ pairs }) => <Pairs pairs={pairs} />}
      </ReadState>
    </FaqFrame>
  );
}

function Pairs({ pairs }: Pick<FaqDuplicates, 'pairs'>) {
  if (pairs.length === 0) {
    return (
      <Empty icon={<CheckIcon size={24} />} title="No two entries ask the same">
        Nothing to merge, and no answer contradicts another.
      </Empty>
    );
  }
  const ordered = [...pairs].sort((first, second) => ORDER.indexOf(first.kind) - ORDER.indexOf(second.kind));
  return (
    <ul className={styles.pairs} aria-label="Pairs">
      {ordered.map((pair) => (
        <li key={`${pair.kind} ${pair.locale} ${pair.first.id} ${pair.second.id}`} className={styles.pair}>
          <p className={styles.facts}>
            <Badge tone={KINDS[pair.kind].tone}>{KINDS[pair.kind].label}</Badge>
            <span>{languageName(pair.locale)}</span>
            <span>{Math.round(pair.similarity * 100)} % alike</span>
          </p>
          <div className={styles.sides}>
            {[pair.first, pair.second].map(({ id, phrasing }) => (
              <div key={id}>
                <Link href={faqPaths.entry(id, pair.locale)}>{id}</Link>
                <p lang={pair.locale} dir="auto">
                  <Visible text={phrasing} />
                </p>
              </div>
            ))}
          </div>
          <p className={styles.facts}>{KINDS[pair.kind].advice}</p>
        </li>
      ))}
    </ul>
  );
}
