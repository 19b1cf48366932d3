import { BlockList, isIPv4, isIPv6, SocketAddress } from 'node:net';

/** Not a place on the internet: RFC 6890 special-purpose ranges, cloud metadata included in link-local. */
const IPV4 = [
  '0.0.0.0/8', // this network
  '10.0.0.0/8',
  '100.64.0.0/10', // carrier-grade NAT
  '127.0.0.0/8',
  '169.254.0.0/16', // link-local, metadata services
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4', // multicast
  '240.0.0.0/4', // reserved, broadcast
] as const;
const IPV6 = [
  '::/128',
  '::1/128',
  '64:ff9b:1::/48', // local NAT64
  '100::/64',
  '2001::/23', // protocol assignments, Teredo
  '2001:db8::/32',
  '2002::/16', // 6to4 carries an IPv4 address
  'fc00::/7', // unique local
  'fe80::/10', // link-local
  'fec0::/10',
  'ff00::/8', // multicast
] as const;

const blocked = new BlockList();
for (const [subnets, family] of [
  [IPV4, 'ipv4'],
  [IPV6, 'ipv6'],
] as const) {
  for (const subnet of subnets) {
    const [address = '', prefix = ''] = subnet.split('/');
    blocked.addSubnet(address, Number(prefix), family);
  }
}

/** Whether an IP address, in any notation a resolver gives, is one of the public internet. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !blocked.check(address, 'ipv4');
  if (!isIPv6(address)) return false;
  const embedded = embeddedIpv4(address);
  return embedded === undefined ? !blocked.check(address, 'ipv6') : !blocked.check(embedded, 'ipv4');
}

/** The IPv4 address inside a mapped (`::ffff:`), compatible (`::`) or translated (`64:ff9b::`) one. */
function embeddedIpv4(address: string): string | undefined {
  const groups = expanded(address);
  const head = groups.slice(0, 6).join(':');
  if (head !== '0:0:0:0:0:ffff' && head !== '0:0:0:0:0:0' && head !== '64:ff9b:0:0:0:0') return undefined;
  const [high = 0, low = 0] = groups.slice(6).map((group) => Number.parseInt(group, 16));
  if (head === '0:0:0:0:0:0' && high === 0 && low <= 1) return undefined;
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

/** Eight groups in hexadecimal, whatever the notation. */
function expanded(address: string): readonly string[] {
  const plain = new SocketAddress({ address: address.replace(/%.*$/, ''), family: 'ipv6' }).address.toLowerCase();
  const [head = '', tail] = withoutDots(plain).split('::');
  const groups = (text: string): string[] => text.split(':').filter((group) => group !== '');
  const after = groups(tail ?? '');
  if (tail === undefined) return groups(head);
  return [...groups(head), ...Array.from({ length: 8 - groups(head).length - after.length }, () => '0'), ...after];
}

/** The normal notation writes an embedded IPv4 address with dots. */
function withoutDots(address: string): string {
  const [dotted] = /\d+\.\d+\.\d+\.\d+$/.exec(address) ?? [];
  if (dotted === undefined) return address;
  const [first = 0, second = 0, third = 0, fourth = 0] = dotted.split('.').map(Number);
  return `${address.slice(0, -dotted.length)}${((first << 8) | second).toString(16)}:${((third << 8) | fourth).toString(16)}`;
}
