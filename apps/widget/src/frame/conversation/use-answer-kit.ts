import { useEffect, useState } from 'react';

export type AnswerKit = typeof import('./answer-kit.ts');

/** The kit once it is there. Without it answers are shown as plain text; a failed fetch is tried again on every connect. */
export function useAnswerKit(isWanted: boolean, isOnline: boolean): AnswerKit | null {
  const [kit, setKit] = useState<AnswerKit | null>(null);
  // `isOnline` is not read: a new connection is a reason to try again.
  useEffect(() => {
    if (isWanted && kit === null) import('./answer-kit.ts').then(setKit, () => {});
  }, [isWanted, isOnline, kit]);
  return kit;
}
