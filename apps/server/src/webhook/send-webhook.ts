import { lookup as resolve } from 'node:dns';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { isPublicAddress } from './public-address.ts';
import { signatureHeaders } from './signature.ts';

export interface WebhookTarget {
  readonly url: string;
  readonly secrets: readonly string[];
  readonly allowPrivateTargets: boolean;
}

export interface WebhookMessage {
  /** The same for every attempt, so that the receiver can drop a repeat. */
  readonly id: string;
  readonly at: number;
  readonly body: string;
}

export interface WebhookPorts {
  /** Default: the resolver of the machine. */
  readonly resolve?: typeof resolve;
}

const TIMEOUT_MS = 10_000;

/**
 * Sends one signed webhook; resolves on a 2xx answer. The address is checked when the connection is made, on what the
 * name resolves to at that moment: a name that points inside later gets no further than one that does now. Redirects
 * are not followed.
 *
 * @throws Error naming the status, the timeout, or the address that was refused.
 */
export function sendWebhook(target: WebhookTarget, message: WebhookMessage, ports: WebhookPorts = {}): Promise<void> {
  const url = new URL(target.url);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  // No lookup happens for a literal address; URL has put decimal, octal and short notations into the usual one by now.
  if (isIP(host) !== 0 && !isAllowed(target, host)) return Promise.reject(refused(host));
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const { promise, resolve: done, reject } = Promise.withResolvers<void>();
  const outgoing = send(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(message.body),
      'user-agent': 'Stepdown',
      ...signatureHeaders({ ...message, secrets: target.secrets }),
    },
    lookup: guardedLookup(target, ports.resolve ?? resolve),
    // A kept connection would skip the check of the next one.
    agent: false,
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  outgoing.on('response', (response) => {
    const status = response.statusCode ?? 0;
    response.destroy();
    if (status >= 200 && status < 300) done();
    else reject(new Error(`The receiver answered ${status}${status >= 300 && status < 400 ? '; redirects are not followed' : ''}.`));
  });
  outgoing.on('error', reject);
  outgoing.end(message.body);
  return promise;
}

function guardedLookup(target: WebhookTarget, resolveName: typeof resolve): LookupFunction {
  return (hostname, _options, callback) => {
    resolveName(hostname, { all: true }, (error, addresses) => {
      if (error !== null) return callback(error, '', 0);
      const inside = addresses.find(({ address }) => !isAllowed(target, address));
      if (inside !== undefined) return callback(refused(inside.address), '', 0);
      return callback(null, addresses);
    });
  };
}

function isAllowed({ allowPrivateTargets }: WebhookTarget, address: string): boolean {
  return allowPrivateTargets || isPublicAddress(address);
}

function refused(address: string): Error {
  return new Error(`${address} is not a public address; nothing was sent.`);
}
