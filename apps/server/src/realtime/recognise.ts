import type { DeferPorts } from '@stepdown/conversation';
import type { Log } from '@stepdown/kernel';
import type { SessionReady, VisitorHandshake } from '@stepdown/protocol';
import type { Store, Visitor } from '@stepdown/store';
import type { Namespace } from 'socket.io';
import type { CheckIdentity, Identity } from '../access/identity-token.ts';
import { hashToken, newToken } from '../access/tokens.ts';
import { visitorRoom } from './rooms.ts';

export interface RecognisePorts {
  readonly checkIdentity: CheckIdentity;
  readonly conversations: Pick<DeferPorts, 'clock' | 'newId' | 'publish'>;
  readonly store: Store;
  readonly namespace: Namespace;
  readonly log: Log;
}

export interface Recognised {
  readonly visitor: Visitor;
  readonly token: string;
  readonly identity: SessionReady['config']['identity'];
}

type Handshake = Pick<VisitorHandshake, 'token' | 'identity' | 'profile'> & { readonly site: string };

/** Finds out whose session a handshake opens: the device's visitor, the person that the site vouches for, or somebody new (P2, P25–P27). */
export async function recognise(ports: RecognisePorts, handshake: Handshake): Promise<Recognised> {
  const identity = handshake.identity === undefined ? undefined : await ports.checkIdentity(handshake.identity, handshake.site);
  if (identity?.kind === 'refused') ports.log.warn({ site: handshake.site, reason: identity.reason }, 'An identity token was refused.');
  const device = await deviceOf(ports, handshake, identity);
  const visitor =
    identity?.kind === 'verified'
      ? await becomePerson(ports, device.visitor, { ...identity, site: handshake.site })
      : await describeStranger(ports, device.visitor, handshake.profile);
  return { visitor, token: device.token, identity: identity?.kind };
}

async function deviceOf(ports: RecognisePorts, { token, site }: Handshake, identity: Identity | undefined) {
  const { visitors } = ports.store;
  const now = ports.conversations.clock.now();
  const known = token === undefined ? undefined : await visitors.byTokenHash(hashToken(token));
  if (token !== undefined && known !== undefined && mayContinue(known, site, identity)) {
    await visitors.touch(known.id, now);
    return { visitor: known, token };
  }
  const fresh = newToken();
  return {
    visitor: await visitors.create({ id: ports.conversations.newId('vis'), tokenHash: hashToken(fresh), createdAt: now }),
    token: fresh,
  };
}

/** What a device remembers of a person is worth nothing without the site's word for that very person (P26). */
function mayContinue({ person }: Visitor, site: string, identity: Identity | undefined): boolean {
  if (person === undefined) return true;
  if (identity === undefined || identity.kind === 'refused') return false;
  return person.site === site && person.subject === identity.subject;
}

type Vouched = Extract<Identity, { readonly kind: 'verified' }> & { readonly site: string };

async function becomePerson(ports: RecognisePorts, device: Visitor, { site, subject, name, email }: Vouched): Promise<Visitor> {
  // Other tabs of this device were nobody's until now; they come back as whoever their page says.
  if (device.person === undefined) ports.namespace.in(visitorRoom(device.id)).disconnectSockets(true);
  const visitor = await ports.store.visitors.identify({ visitorId: device.id, site, subject, name, email });
  if (!isSameDescription(device, visitor)) await tellAgents(ports, visitor);
  return visitor;
}

async function describeStranger(ports: RecognisePorts, visitor: Visitor, profile: Handshake['profile']): Promise<Visitor> {
  if (visitor.person !== undefined || profile === undefined) return visitor;
  const described = { ...visitor, name: profile.name ?? visitor.name, email: profile.email ?? visitor.email };
  if (isSameDescription(visitor, described)) return visitor;
  const { name, email } = described;
  const changed = await ports.store.visitors.setIdentity(visitor.id, { name, email, isVerified: false });
  await tellAgents(ports, described);
  return changed ?? visitor;
}

function isSameDescription(one: Visitor, other: Visitor): boolean {
  return one.name === other.name && one.email === other.email && one.isVerified === other.isVerified;
}

async function tellAgents(ports: RecognisePorts, visitor: Visitor): Promise<void> {
  const conversation = await ports.store.conversations.latestOfVisitor(visitor.id);
  if (conversation !== undefined) ports.conversations.publish({ type: 'conversation.changed', conversation });
}
