import { type ConversationPorts, messagesWithLiveText } from '@stepdown/conversation';
import { type InboxPage, inboxQuerySchema } from '@stepdown/protocol';
import type { Store } from '@stepdown/store';
import { type InboxViewPorts, inboxConversation } from '../views/inbox-view.ts';
import { turnTrails } from '../views/turn-view.ts';
import { wireMessage } from '../views/wire.ts';
import { type createAgentRoutes, HttpRefusal, parseInput } from './routes.ts';

export interface InboxPorts extends InboxViewPorts {
  readonly store: Store;
  readonly conversations: ConversationPorts;
}

export function addInboxRoutes(add: ReturnType<typeof createAgentRoutes>, ports: InboxPorts): void {
  add('GET /api/agent/inbox', async ({ agent, request }): Promise<InboxPage> => {
    const query = parseInput(inboxQuerySchema, request.query);
    const result = await ports.store.conversations.inbox({ ...query, agentId: agent.id });
    return {
      conversations: await Promise.all(result.rows.map(({ conversation }) => inboxConversation(ports, conversation))),
      nextBefore: result.nextBefore ?? null,
      counts: result.counts,
    };
  });
  add('GET /api/agent/conversations/:conversationId', async ({ request }) => {
    const conversation = await ports.store.conversations.get(String(request.params.conversationId));
    if (conversation === undefined) throw new HttpRefusal('not_found', 'There is no such conversation.');
    return {
      conversation: await inboxConversation(ports, conversation),
      messages: (await messagesWithLiveText(ports.conversations, conversation.id, 0)).map(wireMessage),
      turns: turnTrails(await ports.store.turns.ofConversation(conversation.id)),
      notes: await ports.store.conversations.notes(conversation.id),
    };
  });
}
