import { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { createAddressOf, isAddressOrSubnet } from './addresses.ts';

function ask(peer: string, forwardedFor: string | undefined, trustedProxies: readonly string[] = []) {
  const warned: string[] = [];
  const addressOf = createAddressOf({ trustedProxies, onUntrusted: (address) => warned.push(address) });
  const socket = Object.defineProperty(new Socket(), 'remoteAddress', { value: peer });
  const request = { headers: forwardedFor === undefined ? {} : { 'x-forwarded-for': forwardedFor }, socket };
  return { address: addressOf(request), again: addressOf(request), warned };
}

describe('who asks', () => {
  it.each([
    ['the peer itself', '203.0.113.9', undefined, [], '203.0.113.9'],
    ['IPv4 over an IPv6 socket', '::ffff:203.0.113.9', undefined, [], '203.0.113.9'],
    ['the /64 of IPv6', '2001:db8:1:2:3:4:5:6', undefined, [], '2001:db8:1:2::/64'],
    ['the /64 of shortened IPv6', '2001:db8::7', undefined, [], '2001:db8:0:0::/64'],
    ['what a trusted proxy says', '127.0.0.1', '203.0.113.9', ['127.0.0.1'], '203.0.113.9'],
    ['through two trusted proxies', '127.0.0.1', '203.0.113.9, 10.1.2.3', ['127.0.0.1', '10.0.0.0/8'], '203.0.113.9'],
    ['IPv6 behind a proxy', '10.0.0.1', '2001:db8::1', ['10.0.0.0/8'], '2001:db8:0:0::/64'],
    ['the proxy, when the hop is no address', '127.0.0.1', 'unknown', ['127.0.0.1'], '127.0.0.1'],
    ['the leftmost hop, when all are trusted', '127.0.0.1', '10.0.0.2, 10.0.0.1', ['127.0.0.1', '10.0.0.0/8'], '10.0.0.2'],
  ])('[D11] is %s', (_name, peer, header, trusted, expected) => {
    expect(ask(peer, header, trusted).address).toBe(expected);
  });

  it('[D11] is not what a stranger writes into the header, and says so once', () => {
    expect(ask('203.0.113.9', '198.51.100.1')).toEqual({ address: '203.0.113.9', again: '203.0.113.9', warned: ['203.0.113.9'] });
  });

  it('[D11] is not what the asker wrote to the left of what the proxy added', () => {
    expect(ask('127.0.0.1', '198.51.100.1, 203.0.113.9', ['127.0.0.1']).address).toBe('203.0.113.9');
  });

  it.each(['10.0.0.0/8', '127.0.0.1', '::1', 'fd00::/8'])('takes %s as a proxy', (text) => {
    expect(isAddressOrSubnet(text)).toBe(true);
  });

  it.each(['10.0.0.0/33', 'nginx', '10.0.0', '10.0.0.1/8/8', '10.0.0.1/'])('refuses %s as a proxy', (text) => {
    expect(isAddressOrSubnet(text)).toBe(false);
  });
});
