import { addSearchWords, removeSearchWords } from '../conversations/search-words.ts';
import { type Engine, held, type Writing } from '../engine/engine.ts';
import type { IdentifiedVisitor } from '../types.ts';

/**
 * Makes a device's visitor the person that a site vouched for (`VisitorStore.identify`), and returns that person's visitor
 * id. Of two devices at the same moment one comes first; the other waits for it and joins.
 */
export function identifyVisitor(engine: Engine, { visitorId, site, subject, name, email }: IdentifiedVisitor): Promise<string> {
  return engine.write(async (writing) => {
    const claim = writing.insertInto('visitor_identity').values({ site, subject, visitor_id: visitorId });
    await claim.onConflict((conflict) => conflict.columns(['site', 'subject']).doNothing()).execute();
    const query = writing.selectFrom('visitor_identity').select('visitor_id').where('site', '=', site).where('subject', '=', subject);
    const { visitor_id: personId } = await held(engine, query).executeTakeFirstOrThrow();
    if (personId !== visitorId) await joinPerson(writing, visitorId, personId);
    await describe(writing, personId, { name: name ?? null, email: email ?? null });
    return personId;
  });
}

/** What was said on the device before it was known whose it is becomes the person's. */
async function joinPerson(writing: Writing, visitorId: string, personId: string): Promise<void> {
  await refuseOtherPerson(writing, visitorId);
  await writing.updateTable('visitor').set({ same_as: personId, name: null, email: null }).where('id', '=', visitorId).execute();
  await removeSearchWords(writing, visitorId);
  await writing.updateTable('conversation').set({ visitor_id: personId }).where('visitor_id', '=', visitorId).execute();
  const taken = writing.selectFrom('message').select('client_message_id').where('visitor_id', '=', personId);
  const moved = writing.updateTable('message').where('visitor_id', '=', visitorId);
  // An id that this person's devices chose twice is no longer found by it, which only matters for a repeat of that very message.
  await moved.set({ visitor_id: null }).where('client_message_id', 'in', taken).execute();
  await moved.set({ visitor_id: personId }).execute();
}

/** Whoever calls this for a known person has made a mistake that would give one customer's conversations to another. */
async function refuseOtherPerson(writing: Writing, visitorId: string): Promise<void> {
  const query = writing.selectFrom('visitor_identity').select('subject').where('visitor_id', '=', visitorId);
  if ((await query.executeTakeFirst()) !== undefined) throw new Error('a visitor who is one person already cannot become another');
}

async function describe(writing: Writing, visitorId: string, identity: { name: string | null; email: string | null }): Promise<void> {
  const before = await writing
    .selectFrom('visitor')
    .select(['name', 'email', 'is_verified'])
    .where('id', '=', visitorId)
    .executeTakeFirst();
  if (before?.is_verified === 1 && before.name === identity.name && before.email === identity.email) return;
  await writing
    .updateTable('visitor')
    .set({ ...identity, is_verified: 1 })
    .where('id', '=', visitorId)
    .execute();
  await removeSearchWords(writing, visitorId);
  await addSearchWords(writing, visitorId, `${identity.name ?? ''} ${identity.email ?? ''}`);
}
