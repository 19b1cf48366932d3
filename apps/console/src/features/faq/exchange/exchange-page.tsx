import { FaqFrame } from '../desk/faq-frame.tsx';
import styles from './exchange.module.css';
import { ExportCard } from './export-card.tsx';
import { ImportCard } from './import-card.tsx';

/** The whole FAQ in and out. */
export function ExchangePage() {
  return (
    <FaqFrame>
      <div className={styles.columns}>
        <ImportCard />
        <ExportCard />
      </div>
    </FaqFrame>
  );
}
