import type { IncomingMessage } from 'node:http';
import { BlockList, isIPv4, isIPv6, SocketAddress } from 'node:net';

/** Who asks, as limits count it: an IPv4 address, or the /64 of an IPv6 one (a household has a whole /64). */
export type AddressOf = (request: Pick<IncomingMessage, 'headers' | 'socket'>) => string;

export interface AddressRules {
  /** Addresses and subnets (`10.0.0.0/8`) of our own reverse proxies; nobody else is believed about who asks. */
  readonly trustedProxies: readonly string[];
  /** Told once, when a peer that is not trusted names somebody else as the asker. */
  readonly onUntrusted: (peer: string) => void;
}

/**
 * Reads who asks from the connection, or from `X-Forwarded-For` when the connection is a trusted proxy's: the nearest
 * hop that is not a proxy of ours. What stands further left was written by the asker and proves nothing.
 */
export function createAddressOf({ trustedProxies, onUntrusted }: AddressRules): AddressOf {
  const trusted = blockListOf(trustedProxies);
  let hasWarned = false;
  return ({ headers, socket }) => {
    const peer = plainAddress(socket.remoteAddress ?? '');
    const hops = forwardedFor(headers['x-forwarded-for']);
    if (hops.length > 0 && !isIn(trusted, peer) && !hasWarned) {
      hasWarned = true;
      onUntrusted(peer);
    }
    let nearest = peer;
    while (isIn(trusted, nearest)) {
      const hop = hops.pop();
      if (hop === undefined || !isAddress(hop)) break;
      nearest = hop;
    }
    return isIPv6(nearest) ? networkOf(nearest) : nearest;
  };
}

/** Whether a text is an address or a subnet, as `trustedProxies` wants it. */
export function isAddressOrSubnet(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/');
  if (!isAddress(address) || rest.length > 0) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (isIPv4(address) ? 32 : 128));
}

function blockListOf(entries: readonly string[]): BlockList {
  const list = new BlockList();
  for (const entry of entries) {
    const [address = '', prefix] = entry.split('/');
    const family = isIPv4(address) ? 'ipv4' : 'ipv6';
    if (prefix === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(prefix), family);
  }
  return list;
}

function isIn(list: BlockList, address: string): boolean {
  return isAddress(address) && list.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');
}

function forwardedFor(header: string | string[] | undefined): string[] {
  return String(header ?? '')
    .split(',')
    .map((hop) => plainAddress(hop.trim()))
    .filter((hop) => hop !== '');
}

/** An IPv4 address that came over an IPv6 socket is the same asker. */
function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}

function isAddress(text: string): boolean {
  return isIPv4(text) || isIPv6(text);
}

function networkOf(address: string): string {
  const [head = '', tail] = new SocketAddress({ address, family: 'ipv6' }).address.split('::');
  const groups = (text: string): string[] => text.split(':').filter((group) => group !== '');
  const after = groups(tail ?? '');
  const missing = 8 - groups(head).length - after.length;
  const all = tail === undefined ? groups(head) : [...groups(head), ...Array.from({ length: missing }, () => '0'), ...after];
  return `${all.slice(0, 4).join(':')}::/64`;
}
