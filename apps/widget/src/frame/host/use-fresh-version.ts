import type { VisitorSnapshot } from '@stepdown/client';
import type { PROTOCOL_VERSION } from '@stepdown/protocol';
import { useEffect } from 'react';

/** The type makes this fail to compile when the protocol moves on. */
const SPOKEN: typeof PROTOCOL_VERSION = 1;
const RELOADED = 'stepdown-reloaded';

/** A tab that stayed open over an update loads the frame anew, once: what was typed is in the outbox and in the draft. */
export function useFreshVersion({ config }: VisitorSnapshot): void {
  const offered = config?.protocolVersion;
  useEffect(() => {
    if (offered === undefined || offered <= SPOKEN || location.hash === `#${RELOADED}`) return;
    location.hash = RELOADED;
    location.reload();
  }, [offered]);
}
