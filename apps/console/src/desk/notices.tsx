import { createContext, type ReactNode, use, useCallback, useMemo, useRef, useState } from 'react';
import styles from './notices.module.css';

export type NoticeTone = 'good' | 'bad' | 'calm';

interface Shown {
  readonly id: number;
  readonly text: string;
  readonly tone: NoticeTone;
  readonly action: NoticeAction | null;
}

/** The one thing that can be done about it, as a button. */
export interface NoticeAction {
  readonly label: string;
  readonly run: () => void;
}

export type Notify = (text: string, tone?: NoticeTone, action?: NoticeAction) => void;

const NotifyContext = createContext<Notify>(() => {});
const SHOWN_MS = 6_000;
/** Something to act on stays until there was time to (WCAG 2.2.1). */
const ACTION_SHOWN_MS = 30_000;

/** One quiet line at the edge of the screen, read out politely, gone by itself. */
export function NoticesProvider({ children }: { readonly children: ReactNode }) {
  const [shown, setShown] = useState<readonly Shown[]>([]);
  const nextId = useRef(1);
  const dismiss = useCallback((id: number) => setShown((before) => before.filter((notice) => notice.id !== id)), []);
  const notify = useCallback<Notify>(
    (text, tone = 'calm', action) => {
      const id = nextId.current;
      nextId.current += 1;
      setShown((before) => [...before.slice(-2), { id, text, tone, action: action ?? null }]);
      window.setTimeout(() => dismiss(id), action === undefined ? SHOWN_MS : ACTION_SHOWN_MS);
    },
    [dismiss],
  );
  const region = useMemo(
    () => (
      <div className={styles.region} role="status" aria-live="polite">
        {shown.map((notice) => (
          <div key={notice.id} className={styles.notice} data-tone={notice.tone}>
            <span>{notice.text}</span>
            {notice.action !== null && (
              <button
                type="button"
                className={styles.action}
                onClick={() => {
                  dismiss(notice.id);
                  notice.action?.run();
                }}
              >
                {notice.action.label}
              </button>
            )}
            <button type="button" className={styles.dismiss} aria-label="Dismiss" onClick={() => dismiss(notice.id)}>
              ×
            </button>
          </div>
        ))}
      </div>
    ),
    [shown, dismiss],
  );
  return (
    <NotifyContext value={notify}>
      {children}
      {region}
    </NotifyContext>
  );
}

export function useNotify(): Notify {
  return use(NotifyContext);
}
