import type { MessageView } from '@stepdown/client';
import { useWidget } from '../context.ts';
import { ClockIcon } from '../icons/icons.tsx';

/** A question that an outage left open may wait for the assistant (P17), and be taken back (P18). */
export function Deferral({ message }: { readonly message: MessageView }) {
  const { client, texts } = useWidget();
  if (message.deferral === undefined) return null;
  const isParked = message.deferral === 'parked';
  return (
    <button type="button" className="quiet-button" onClick={() => void (isParked ? client.withdraw(message.id) : client.defer(message.id))}>
      <ClockIcon size={17} />
      {isParked ? texts.cancel : texts.defer}
    </button>
  );
}
