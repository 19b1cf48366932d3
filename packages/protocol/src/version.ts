/** Raised when a change breaks older widgets; sent in `session:ready` so that a stale tab can reload itself. */
export const PROTOCOL_VERSION = 1;
