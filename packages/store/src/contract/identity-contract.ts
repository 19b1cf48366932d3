import { afterAll, beforeAll, expect, it } from 'vitest';
import type { BuildHouse, House } from '../testing/harness.ts';
import { hashOf, NOW, nextId, startConversation, visitorMessage } from '../testing/records.ts';

/** Visitors for whom a site vouches, on one device and on several. */
export function identityContract(build: BuildHouse): void {
  let house: House;
  beforeAll(async () => {
    house = await build();
  });
  afterAll(() => house.close());

  const device = async () => {
    const tokenHash = hashOf(nextId('token'));
    const { id } = await house.store.visitors.create({ id: nextId('vis'), tokenHash, createdAt: NOW });
    return { id, tokenHash };
  };
  const person = () => ({ site: 'default', subject: nextId('user'), name: 'Ada', email: 'ada@shop.example' });

  it('[ST46] keeps the conversations of the device on which a person is met first', async () => {
    const { visitors, conversations } = house.store;
    const { id, tokenHash } = await device();
    const { id: conversationId } = await startConversation(house.store, id);
    const ada = person();
    const found = await visitors.identify({ visitorId: id, ...ada });
    expect(found).toMatchObject({ id, name: 'Ada', email: 'ada@shop.example', isVerified: true });
    expect(found.person).toEqual({ site: 'default', subject: ada.subject });
    expect(await visitors.byTokenHash(tokenHash)).toEqual(found);
    expect((await conversations.latestOfVisitor(id))?.id).toBe(conversationId);
    expect(await visitors.identify({ visitorId: id, ...ada, name: 'Ada L.', email: undefined })).toMatchObject({
      id,
      name: 'Ada L.',
      email: undefined,
    });
  });

  it('[ST46] brings a second device to the same person, with what was said on it before', async () => {
    const { visitors, conversations } = house.store;
    const [first, second] = [await device(), await device()];
    const ada = person();
    await visitors.identify({ visitorId: first.id, ...ada });
    const early = await startConversation(house.store, first.id, NOW);
    const late = await startConversation(house.store, second.id, NOW + 1);
    const said = visitorMessage();
    await conversations.append({ conversationId: early.id, message: said });
    await conversations.append({
      conversationId: late.id,
      message: { ...visitorMessage(), clientMessageId: said.clientMessageId ?? '' },
    });
    await conversations.append({ conversationId: late.id, message: visitorMessage({ clientMessageId: `${said.clientMessageId}-2` }) });
    expect((await visitors.identify({ visitorId: second.id, ...ada })).id).toBe(first.id);
    expect((await visitors.byTokenHash(second.tokenHash))?.id).toBe(first.id);
    expect((await conversations.ofVisitors([first.id], 9)).map(({ id }) => id)).toEqual([late.id, early.id]);
    expect((await conversations.findByClientMessageId(first.id, said.clientMessageId ?? ''))?.conversationId).toBe(early.id);
    expect((await conversations.findByClientMessageId(first.id, `${said.clientMessageId}-2`))?.conversationId).toBe(late.id);
  });

  it('[ST46] makes one person of devices that are identified at the same moment', async () => {
    const ada = person();
    const devices = await Promise.all(Array.from({ length: 6 }, device));
    const found = await Promise.all(
      devices.map(({ id }, index) => (index % 2 === 0 ? house.store : house.neighbour).visitors.identify({ visitorId: id, ...ada })),
    );
    expect(new Set(found.map(({ id }) => id)).size).toBe(1);
  });

  it('[ST46] never makes another person of somebody, nor mixes sites', async () => {
    const { visitors } = house.store;
    const [one, two, three] = [await device(), await device(), await device()];
    const [ada, eve] = [person(), person()];
    await visitors.identify({ visitorId: one.id, ...ada });
    await visitors.identify({ visitorId: two.id, ...eve });
    await expect(visitors.identify({ visitorId: one.id, ...eve })).rejects.toThrow();
    await expect(visitors.identify({ visitorId: one.id, ...person() })).rejects.toThrow();
    expect((await visitors.byTokenHash(one.tokenHash))?.person?.subject).toBe(ada.subject);
    expect((await visitors.identify({ visitorId: three.id, ...ada, site: 'other' })).id).toBe(three.id);
  });

  it('[ST46] forgets who it was with the last conversation, on every device', async () => {
    const { visitors, conversations } = house.store;
    const [one, two] = [await device(), await device()];
    const ada = person();
    await visitors.identify({ visitorId: one.id, ...ada });
    await visitors.identify({ visitorId: two.id, ...ada });
    const { id } = await startConversation(house.store, one.id);
    await conversations.delete(id);
    expect(await visitors.byTokenHash(one.tokenHash)).toMatchObject({ id: one.id, person: undefined, isVerified: false });
    expect(await visitors.byTokenHash(two.tokenHash)).toMatchObject({ id: two.id, person: undefined });
  });
}
