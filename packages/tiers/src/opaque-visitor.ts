import { createHash } from 'node:crypto';

/**
 * An id of the visitor for one provider's abuse detection: opaque, stable, and different at every provider.
 * Hashed again although the request holds a hash, so that no mistake elsewhere can send a name or an e-mail.
 */
export function opaqueVisitorId(provider: string, visitorHash: string): string {
  return createHash('sha256').update(`${provider}\n${visitorHash}`).digest('hex').slice(0, 32);
}
