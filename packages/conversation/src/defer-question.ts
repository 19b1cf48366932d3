import { err, ok, type Result } from '@stepdown/kernel';
import type { Policy } from '@stepdown/ladder';
import { type ConversationPorts, type Refusal, systemMessage } from './commands.ts';
import type { JobQueue, QueuedJob } from './job-ports.ts';
import { nextAnswerKey, PARKED_QUESTION, type ParkedPayload, parkedKey, readParked } from './parked-question.ts';
import { hasAnswered } from './parked-step.ts';
import { type AskedAndAnswered, laterTurns, outageMessageOf, questionOf } from './question-of.ts';
import type { Conversation, Message } from './record.ts';

export interface DeferPorts extends ConversationPorts {
  readonly jobs: JobQueue;
  readonly policy: Pick<Policy, 'deferredPerConversation'>;
}

export interface DeferCommand {
  readonly visitorId: string;
  readonly conversationId: string;
  /** The question, or the message that did not answer it. */
  readonly messageId: string;
  readonly email?: string | undefined;
}

/** Jobs of one conversation that are looked through; more than can be parked at a time. */
const JOBS_READ = 100;

/** Parks a question that an outage left unanswered, durably and once (P17). */
export async function deferQuestion(
  ports: DeferPorts,
  command: DeferCommand,
): Promise<Result<{ readonly isDeferred: boolean }, Refusal | 'rate_limited'>> {
  const found = await find(ports, command);
  if (!found.ok) return found;
  const { conversation, asked, outageMessage } = found.value;
  if (conversation.state === 'open') return err('conflict');
  const known = await ports.jobs.byDedupeKey(parkedKey(asked.question.id));
  if (outageMessage.deferral === 'ended' || known?.state === 'done' || known?.state === 'dead') return ok({ isDeferred: false });
  if (known === undefined && (await parkedJobs(ports, conversation.id)).length >= ports.policy.deferredPerConversation) {
    return err('rate_limited');
  }
  const job = await park(ports, found.value);
  if (await tellDeferred(ports, found.value, { job, email: command.email })) return ok({ isDeferred: true });
  // A person came in between: theirs is the answer.
  await ports.jobs.cancelByDedupeKey(job.dedupeKey, ports.clock.now());
  return err('conflict');
}

/** Takes a parked question back, unless its answer is being written already (P18). */
export async function withdrawQuestion(
  ports: DeferPorts,
  command: DeferCommand,
): Promise<Result<{ readonly isWithdrawn: boolean }, Refusal>> {
  const found = await find(ports, command);
  if (!found.ok) return found;
  const { asked, outageMessage } = found.value;
  const job = await ports.jobs.byDedupeKey(parkedKey(asked.question.id));
  if (job === undefined || (job.state !== 'waiting' && job.state !== 'running')) return ok({ isWithdrawn: false });
  const turns = await laterTurns(ports, asked.question);
  if (turns.some(hasAnswered)) return ok({ isWithdrawn: false });
  const result = await ports.conversations.append({
    conversationId: command.conversationId,
    message: { ...systemMessage(ports, 'withdrawn'), clientMessageId: nextAnswerKey(job, asked.question.id, turns.length) },
  });
  // The id is taken by the message that opens the answer: that came first.
  if (result.kind === 'stale' || result.message.notice !== 'withdrawn') return ok({ isWithdrawn: false });
  await ports.jobs.cancelByDedupeKey(job.dedupeKey, ports.clock.now());
  await markOutageMessage(ports, outageMessage.id, 'possible');
  if (result.isNew) ports.publish({ type: 'message.created', message: result.message });
  return ok({ isWithdrawn: true });
}

/** A person has come, or the conversation is closed: nothing of it waits for the assistant any more. */
export async function settleParked(ports: ConversationPorts, conversationId: string): Promise<void> {
  const { jobs } = ports;
  if (jobs === undefined) return;
  for (const job of await parkedJobs({ jobs }, conversationId)) {
    await jobs.cancelByDedupeKey(job.dedupeKey, ports.clock.now());
    await markOutageMessage(ports, readParked(job.payload).outageMessageId, 'ended');
  }
}

export async function markOutageMessage(
  ports: Pick<ConversationPorts, 'conversations' | 'publish'>,
  messageId: string,
  deferral: NonNullable<Message['deferral']>,
): Promise<void> {
  const known = await ports.conversations.message(messageId);
  // What is settled stays settled, whoever was slower.
  if (known === undefined || known.deferral === deferral || known.deferral === 'ended') return;
  const message = await ports.conversations.updateMessage(messageId, { deferral });
  if (message !== undefined) ports.publish({ type: 'message.updated', message });
}

interface Found {
  readonly conversation: Conversation;
  readonly asked: AskedAndAnswered;
  readonly outageMessage: Message;
}

async function find(ports: DeferPorts, command: DeferCommand): Promise<Result<Found, 'not_found' | 'conflict'>> {
  const conversation = await ports.conversations.get(command.conversationId);
  const message = await ports.conversations.message(command.messageId);
  if (conversation?.visitorId !== command.visitorId || message?.conversationId !== conversation.id) return err('not_found');
  const asked = await questionOf(ports, message);
  const outageMessage = asked && (await outageMessageOf(ports, asked));
  if (asked === undefined || outageMessage?.deferral === undefined) return err('conflict');
  return ok({ conversation, asked, outageMessage });
}

async function park(ports: DeferPorts, { conversation, asked, outageMessage }: Found): Promise<QueuedJob> {
  const payload: ParkedPayload = {
    conversationId: conversation.id,
    questionId: asked.question.id,
    outageMessageId: outageMessage.id,
    epoch: conversation.epoch,
  };
  const { job } = await ports.jobs.enqueue({
    id: ports.newId('job'),
    kind: PARKED_QUESTION,
    dedupeKey: parkedKey(asked.question.id),
    payload: JSON.stringify(payload),
    runAt: ports.clock.now(),
    createdAt: ports.clock.now(),
    conversationId: conversation.id,
  });
  return job;
}

/** Once for each job, however often it is repeated. False when a person has taken the conversation meanwhile. */
async function tellDeferred(
  ports: DeferPorts,
  { conversation, outageMessage }: Found,
  { job, email }: { readonly job: QueuedJob; readonly email: string | undefined },
): Promise<boolean> {
  const result = await ports.conversations.append({
    conversationId: conversation.id,
    message: { ...systemMessage(ports, 'deferred'), clientMessageId: `deferred:${job.id}` },
    patch: email === undefined ? {} : { email },
    ifEpoch: conversation.epoch,
  });
  if (result.kind === 'stale') return false;
  await markOutageMessage(ports, outageMessage.id, 'parked');
  if (result.isNew) {
    ports.publish({ type: 'message.created', message: result.message });
    ports.publish({ type: 'conversation.changed', conversation: result.conversation });
  }
  return true;
}

async function parkedJobs(ports: Pick<DeferPorts, 'jobs'>, conversationId: string): Promise<readonly QueuedJob[]> {
  const jobs = await ports.jobs.list({ kind: PARKED_QUESTION, conversationId, limit: JOBS_READ });
  return jobs.filter(({ state }) => state === 'waiting' || state === 'running');
}
