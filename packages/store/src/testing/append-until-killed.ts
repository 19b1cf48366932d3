import { writeSync } from 'node:fs';
import { silentLog, systemClock } from '@stepdown/kernel';
import { openStore } from '../open-store.ts';
import { NOW, visitorMessage } from './records.ts';

/**
 * A process for the durability test: appends without end to the store in the folder it is given, and prints the id of
 * each message after its acknowledgement. Printing is synchronous, so what was printed was acknowledged.
 */
const [, , dataDir = '', prefix = ''] = process.argv;
const NEW = { visitorId: 'vis_1', site: 'default', locale: 'en', createdAt: NOW };
const store = await openStore({ dataDir, clock: systemClock, log: silentLog });
const conversations = await Promise.all([1, 2, 3].map((index) => store.conversations.create({ ...NEW, id: `${prefix}-${index}` })));

async function appendForEver(conversationId: string): Promise<never> {
  for (let count = 1; ; count += 1) {
    const id = `${conversationId}-${count}`;
    await store.conversations.append({ conversationId, message: visitorMessage({ id, clientMessageId: id }) });
    writeSync(1, `${id}\n`);
  }
}

await Promise.all(conversations.map(({ id }) => appendForEver(id)));
