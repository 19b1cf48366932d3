import { type Clock, type Log, messageOf } from '@stepdown/kernel';
import type { JobQueue, QueuedJob } from './job-ports.ts';
import type { ConversationStore } from './ports.ts';
import { LEASE_MS } from './turn-board.ts';

export interface Mail {
  /** The same for a repeated attempt, so that mail servers and readers can drop the second copy. */
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** Sends one e-mail; rejects when the mail server did not take it. */
export interface Mailer {
  send(mail: Mail): Promise<void>;
}

export const ANSWER_MAIL = 'answer-mail';

export interface MailPayload {
  readonly conversationId: string;
  readonly answerMessageId: string;
}

/** Payloads of this kind are written by the attendant of parked questions only, from this type. */
function readMail(payload: string): MailPayload {
  return JSON.parse(payload) as MailPayload;
}

export interface MailPorts {
  readonly conversations: Pick<ConversationStore, 'get' | 'message'>;
  readonly mailer: Mailer;
  readonly siteName: string;
  readonly jobs: JobQueue;
  readonly clock: Clock;
  readonly processId: string;
  readonly log: Log;
}

const MAILS_AT_ONCE = 5;
const TRIES = 6;
/** Doubles with every try: 2, 4, 8, … minutes. */
const RETRY_MS = 60_000;

/** Sends what is due. A mail goes out at least once; a second copy has the same id. */
export async function sendDueMails(ports: MailPorts): Promise<void> {
  const now = ports.clock.now();
  const claim = { owner: ports.processId, now, leaseUntil: now + 4 * LEASE_MS, limit: MAILS_AT_ONCE };
  for (const job of await ports.jobs.claim({ ...claim, kinds: [ANSWER_MAIL] })) {
    try {
      await mailAnswer(ports, readMail(job.payload));
      await ports.jobs.complete(job.id, ports.processId, ports.clock.now());
    } catch (cause) {
      await tryLater(ports, job, cause);
    }
  }
}

async function tryLater(ports: MailPorts, job: QueuedJob, cause: unknown): Promise<void> {
  const at = ports.clock.now();
  const retryAt = job.attempts >= TRIES ? undefined : at + RETRY_MS * 2 ** job.attempts;
  ports.log.warn({ jobId: job.id, cause: messageOf(cause), retryAt }, 'An answer could not be mailed.');
  await ports.jobs.fail(job.id, ports.processId, { error: messageOf(cause), at, retryAt });
}

/**
 * Mails an answer that came late to the address of its conversation, if both still exist. The question is not
 * quoted: anybody can enter any address, and our server must not carry a stranger's words to it.
 */
async function mailAnswer(ports: MailPorts, { conversationId, answerMessageId }: MailPayload): Promise<void> {
  const conversation = await ports.conversations.get(conversationId);
  const answer = await ports.conversations.message(answerMessageId);
  if (conversation?.email === undefined || answer?.status !== 'complete') return;
  await ports.mailer.send({
    id: answerMessageId,
    to: conversation.email,
    subject: `${ports.siteName}: the answer to your question`,
    text: [
      'You asked us something while our assistant was not available. Here is the answer:',
      answer.text,
      `This answer was written by an AI assistant and can contain mistakes. To reply, open the chat on our website again.\n${ports.siteName}`,
    ].join('\n\n'),
  });
}
