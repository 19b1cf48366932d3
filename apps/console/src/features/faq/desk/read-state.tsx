import type { ReactNode } from 'react';
import { Button } from '../../../parts/button.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { AlertIcon, BookIcon } from '../../../parts/icons.tsx';
import type { Reading } from './use-read.ts';

export interface ReadStateProps<Value> {
  readonly reading: Reading<Value>;
  readonly waiting: string;
  readonly children: (value: Value) => ReactNode;
}

/** Shows what was read; before that, that it is being read, or why it could not be. */
export function ReadState<Value>({ reading, waiting, children }: ReadStateProps<Value>) {
  if (reading.value !== null) return children(reading.value);
  if (reading.failure === null) return <Empty icon={<BookIcon size={24} />} title={waiting} />;
  return (
    <Empty
      icon={<AlertIcon size={24} />}
      tone="bad"
      title={reading.failure.code === 'not_found' ? 'There is nothing here' : 'The FAQ could not be read'}
      action={<Button onClick={() => void reading.reload()}>Try again</Button>}
    >
      {reading.failure.message}
    </Empty>
  );
}
