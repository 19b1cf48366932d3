import { generateKeyPairSync, sign } from 'node:crypto';

export interface SelfSigned {
  readonly key: string;
  readonly cert: string;
}

const ONE_DAY_MS = 86_400_000;

/**
 * A fresh self-signed certificate for `localhost` and 127.0.0.1, valid for a day around `nowMs`.
 * Written as DER by hand (RFC 5280, section 4.1), because Node can read X.509 but not make it, and a key kept in the
 * source would be found by every secret scanner.
 */
export function createSelfSigned(nowMs: number): SelfSigned {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const body = certificateBody(pair.publicKey.export({ type: 'spki', format: 'der' }), nowMs);
  const signature = sign('sha256', body, pair.privateKey);
  const der = sequence(body, ECDSA_WITH_SHA256, bitString(signature));
  return { key: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), cert: pem(der) };
}

function certificateBody(publicKey: Buffer, nowMs: number): Buffer {
  const name = sequence(element(0x31, sequence(objectId('550403'), element(0x0c, Buffer.from('localhost')))));
  return sequence(
    element(0xa0, element(0x02, Buffer.from([2]))), // version 3
    element(0x02, Buffer.from([1])), // serial number
    ECDSA_WITH_SHA256,
    name, // issuer: itself
    sequence(time(nowMs - ONE_DAY_MS), time(nowMs + ONE_DAY_MS)),
    name,
    publicKey,
    element(0xa3, sequence(subjectAlternativeNames())),
  );
}

function subjectAlternativeNames(): Buffer {
  const dnsName = element(0x82, Buffer.from('localhost'));
  const ipAddress = element(0x87, Buffer.from([127, 0, 0, 1]));
  return sequence(objectId('551d11'), element(0x04, sequence(dnsName, ipAddress)));
}

/** Tag, length, content: the one rule of DER. */
function element(tag: number, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content);
  return Buffer.concat([Buffer.from([tag, ...lengthBytes(body.length)]), body]);
}

function lengthBytes(length: number): number[] {
  if (length < 0x80) return [length];
  return length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
}

const sequence = (...content: readonly Buffer[]): Buffer => element(0x30, ...content);
const objectId = (hex: string): Buffer => element(0x06, Buffer.from(hex, 'hex'));
const bitString = (bytes: Buffer): Buffer => element(0x03, Buffer.from([0]), bytes);
/** UTCTime, `YYMMDDhhmmssZ`: the form certificates must use until the end of 2049. */
const time = (epochMs: number): Buffer => element(0x17, Buffer.from(new Date(epochMs).toISOString().replaceAll(/^..|[-:T]|\.\d+/g, '')));
const ECDSA_WITH_SHA256 = sequence(objectId('2a8648ce3d040302'));

function pem(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}
