import { type ConversationPorts, type InboxQuery, type InboxResult, messagesWithLiveText, transcriptText } from '@stepdown/conversation';
import {
  type InboxConversation,
  type InboxPage,
  inboxFilterSchema,
  inboxQuerySchema,
  transcriptQuerySchema,
  type VisitorContext,
} from '@stepdown/protocol';
import type { Store } from '@stepdown/store';
import { audit } from '../access/sign-in.ts';
import type { InboxDesk } from '../inbox/desk.ts';
import { type InboxViewPorts, inboxConversation, inboxConversations } from '../views/inbox-view.ts';
import { wireNote } from '../views/note-view.ts';
import { turnTrails } from '../views/turn-view.ts';
import { wireMessage } from '../views/wire.ts';
import { csvLine } from './csv.ts';
import { inboxQuery } from './inbox-query.ts';
import { type AgentRequest, type createAgentRoutes, HttpRefusal, parseInput } from './routes.ts';

export interface InboxPorts extends InboxViewPorts {
  readonly store: Store;
  readonly conversations: ConversationPorts;
  readonly desk: Pick<InboxDesk, 'viewQueue' | 'viewTeam'>;
}

/** Reading the inbox: pages, one conversation, its visitor, and what leaves the house. */
export function addInboxRoutes(add: ReturnType<typeof createAgentRoutes>, ports: InboxPorts): void {
  add('GET /api/agent/inbox', async ({ agent, request }): Promise<InboxPage> => {
    const { before, limit, ...asked } = parseInput(inboxQuerySchema, request.query);
    const result = await readInbox(ports, { ...inboxQuery(asked, askedBy(ports, agent.id)), before, limit });
    return {
      conversations: await inboxConversations(ports, result.rows),
      nextBefore: result.nextBefore ?? null,
      counts: result.counts,
    };
  });
  add('GET /api/agent/inbox/export', (call) => exportInbox(ports, call));
  add('GET /api/agent/queue', () => ports.desk.viewQueue());
  add('GET /api/agent/team', async () => ({ team: await ports.desk.viewTeam() }));
  add('GET /api/agent/conversations/:conversationId', async ({ request }) => {
    const conversation = await asked(ports, request);
    return {
      conversation: await inboxConversation(ports, conversation),
      messages: (await messagesWithLiveText(ports.conversations, conversation.id, 0)).map(wireMessage),
      turns: turnTrails(await ports.store.turns.ofConversation(conversation.id)),
      notes: (await ports.store.conversations.notes(conversation.id)).map(wireNote),
    };
  });
  add('GET /api/agent/conversations/:conversationId/visitor', ({ request }) => visitorContext(ports, request));
  add('GET /api/agent/conversations/:conversationId/transcript', (call) => transcript(ports, call));
}

function askedBy(ports: InboxPorts, agentId: string) {
  return { agentId, globalTier: ports.globalTier(), now: ports.conversations.clock.now() };
}

function readInbox({ store }: InboxPorts, query: InboxQuery): Promise<InboxResult> {
  return store.conversations.inbox(query);
}

async function asked({ store }: InboxPorts, request: AgentRequest['request']) {
  const conversation = await store.conversations.get(String(request.params.conversationId));
  if (conversation === undefined) throw new HttpRefusal('not_found', 'There is no such conversation.');
  return conversation;
}

const OTHERS = 20;

/** Other conversations are those of the same token; or of the same address, if the site vouched for both visitors (D04). */
async function visitorContext(ports: InboxPorts, request: AgentRequest['request']): Promise<VisitorContext> {
  const { store } = ports;
  const conversation = await asked(ports, request);
  const visitor = await store.visitors.get(conversation.visitorId);
  const same = visitor?.isVerified === true && visitor.email !== undefined ? await store.visitors.verifiedWithEmail(visitor.email) : [];
  const ids = [...new Set([conversation.visitorId, ...same.map(({ id }) => id)])];
  const others = (await store.conversations.ofVisitors(ids, OTHERS + 1)).filter(({ id }) => id !== conversation.id).slice(0, OTHERS);
  const rating = await store.ratings.ofConversation(conversation.id);
  return {
    visitor: {
      id: conversation.visitorId,
      name: visitor?.name ?? null,
      email: visitor?.email ?? conversation.email ?? null,
      isVerified: visitor?.isVerified ?? false,
      firstSeenAt: visitor?.createdAt ?? null,
      seenAt: visitor?.seenAt ?? null,
    },
    conversations: await Promise.all(others.map((other) => inboxConversation(ports, other))),
    rating:
      rating?.score === undefined || rating.ratedAt === undefined
        ? null
        : { score: rating.score, comment: rating.comment ?? null, ratedAt: rating.ratedAt },
  };
}

async function transcript(ports: InboxPorts, { agent, request, response }: AgentRequest): Promise<unknown> {
  const conversation = await asked(ports, request);
  const { format } = parseInput(transcriptQuerySchema, request.query);
  const messages = await ports.store.conversations.messagesAfter(conversation.id, 0);
  await audit({ ...ports.conversations, store: ports.store }, agent, 'conversation.exported', conversation.id, format);
  response.setHeader('content-disposition', `attachment; filename="${conversation.id}.${format === 'text' ? 'txt' : 'json'}"`);
  if (format === 'json') {
    return { conversation: await inboxConversation(ports, conversation), messages: messages.map(wireMessage) };
  }
  response.type('text/plain').send(transcriptText(conversation, messages));
  return undefined;
}

const EXPORT_PAGE = 200;
/** More than this is a job for the database. */
const EXPORT_ROWS = 10_000;
const COLUMNS =
  'id,state,handoff,tier,locale,created,updated,waiting since,agent,visitor,email,verified,labels,messages,parked,page,last words'.split(
    ',',
  );

/** One line for each conversation, as the filter has them, up to 10,000; safe to open in a spreadsheet (D26). */
async function exportInbox(ports: InboxPorts, { agent, request, response }: AgentRequest): Promise<unknown> {
  const filter = parseInput(inboxFilterSchema, request.query);
  const query = inboxQuery(filter, askedBy(ports, agent.id));
  await audit({ ...ports.conversations, store: ports.store }, agent, 'inbox.exported', filter.view);
  response.setHeader('content-disposition', 'attachment; filename="conversations.csv"');
  response.type('text/csv; charset=utf-8');
  // Without the mark Excel takes the text for the code page of the machine.
  response.write(`\uFEFF${csvLine(COLUMNS)}`);
  let before: number | undefined;
  let written = 0;
  do {
    const page = await readInbox(ports, { ...query, before, limit: EXPORT_PAGE });
    for (const row of await inboxConversations(ports, page.rows)) response.write(csvLine(exportCells(row)));
    written += page.rows.length;
    before = page.nextBefore;
  } while (before !== undefined && written < EXPORT_ROWS);
  response.end();
  return undefined;
}

function exportCells(row: InboxConversation): (string | number | null)[] {
  const { identity, labels } = row;
  return [
    row.id,
    row.state,
    row.handoff.state,
    row.tier,
    row.locale,
    time(row.createdAt),
    time(row.updatedAt),
    time(row.waitingSince),
    row.agentName,
    identity.name,
    identity.email,
    identity.isVerified ? 'yes' : 'no',
    labels.map(({ name }) => name).join('; '),
    row.lastSeq,
    row.isParked ? 'yes' : 'no',
    row.pageUrl,
    row.preview,
  ];
}

function time(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
