import { type Engine, held, type Writing } from '../engine/engine.ts';
import { removeSearchWords } from './search-words.ts';

/** Removes a conversation everywhere (`ConversationArchive.delete`); messages, turns and notes go by foreign key. */
export async function deleteConversation(engine: Engine, conversationId: string): Promise<boolean> {
  const isDeleted = await engine.write(async (writing) => {
    const query = writing.selectFrom('conversation').select('visitor_id').where('id', '=', conversationId);
    const conversation = await held(engine, query).executeTakeFirst();
    if (conversation === undefined) return false;
    await removeSearchWords(writing, conversationId);
    await writing.deleteFrom('job').where('conversation_id', '=', conversationId).execute();
    await writing.deleteFrom('cache_entry').where('conversation_id', '=', conversationId).execute();
    await writing.deleteFrom('conversation').where('id', '=', conversationId).execute();
    await forgetIdentity(writing, conversation.visitor_id);
    return true;
  });
  if (isDeleted) await engine.scrub();
  return isDeleted;
}

/** Who somebody is was kept for the sake of conversations; with the last one it goes too, and devices are strangers again. */
async function forgetIdentity(writing: Writing, visitorId: string): Promise<void> {
  const other = await writing.selectFrom('conversation').select('id').where('visitor_id', '=', visitorId).limit(1).executeTakeFirst();
  if (other !== undefined) return;
  await removeSearchWords(writing, visitorId);
  await writing.deleteFrom('visitor_identity').where('visitor_id', '=', visitorId).execute();
  await writing.updateTable('visitor').set({ same_as: null }).where('same_as', '=', visitorId).execute();
  await writing.updateTable('visitor').set({ name: null, email: null, is_verified: 0 }).where('id', '=', visitorId).execute();
}
