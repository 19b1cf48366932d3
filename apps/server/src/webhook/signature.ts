import { createHmac } from 'node:crypto';

/**
 * Headers of Standard Webhooks: HMAC-SHA256 over `id.timestamp.body` with each key, base64 after `v1,`, separated by
 * spaces. Two keys sign alike, so that the receiver can change from one to the other at leisure.
 */
export function signatureHeaders(message: {
  readonly id: string;
  /** Epoch ms; receivers refuse what is more than five minutes off. */
  readonly at: number;
  readonly body: string;
  /** `whsec_` and the key in base64. */
  readonly secrets: readonly string[];
}): Readonly<Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string>> {
  const timestamp = String(Math.floor(message.at / 1000));
  const signed = `${message.id}.${timestamp}.${message.body}`;
  const signatures = message.secrets.map((secret) => {
    const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
    return `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
  });
  return { 'webhook-id': message.id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
}
