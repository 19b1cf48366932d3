import { type Conversation, type Mailer, type Message, readTicket, TICKET, transcriptText } from '@stepdown/conversation';
import { type Clock, type Log, messageOf } from '@stepdown/kernel';
import type { Job, Store } from '@stepdown/store';
import type { ServerConfig } from '../config.ts';
import { createSmtpMailer } from '../mail/smtp-mailer.ts';
import { wireMessage } from '../views/wire.ts';
import { sendWebhook, type WebhookMessage, type WebhookTarget } from '../webhook/send-webhook.ts';

export interface TicketPorts {
  readonly config: ServerConfig;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly processId: string;
  readonly mailer?: Mailer;
}

export interface TicketDelivery {
  /** Kinds of jobs that are delivered; none when no mailbox and no webhook is configured. */
  readonly kinds: readonly string[];
  deliverDue(): Promise<number>;
  stop(): void;
}

/** One job each for the mailbox and the webhook, so that one that is down does not make the other hear everything twice. */
const TICKET_MAIL = 'ticket-mail';
const TICKET_WEBHOOK = 'ticket-webhook';

const AT_ONCE = 5;
const LEASE_MS = 60_000;
const TRIES = 8;
/** Doubles with every try: 30 s, 1, 2, 4 … minutes, about an hour in all. */
const RETRY_MS = 15_000;

/** Brings tickets out of the house: at least once, always under the same id, until it works or about an hour has passed. */
export function createTicketDelivery(ports: TicketPorts): TicketDelivery {
  const { config, store, clock, processId } = ports;
  const { ticketEmail, webhook } = config.handoff;
  const mailer = ports.mailer ?? (config.mail === undefined ? undefined : createSmtpMailer(config.mail));
  const mailbox = ticketEmail === undefined || mailer === undefined ? undefined : { mailer, to: ticketEmail };
  const hasAny = mailbox !== undefined || webhook !== undefined;
  let isStopped = false;

  async function handle(job: Job): Promise<void> {
    if (job.kind === TICKET) return fanOut(ports, job, { hasMail: mailbox !== undefined, hasWebhook: webhook !== undefined });
    const { conversationId } = readTicket(job.payload);
    const conversation = await store.conversations.get(conversationId);
    if (conversation === undefined) return;
    const messages = await store.conversations.messagesAfter(conversationId, 0);
    if (job.kind === TICKET_MAIL && mailbox !== undefined) await mailTicket(config, mailbox, { job, conversation, messages });
    if (job.kind === TICKET_WEBHOOK && webhook !== undefined) await post(webhook, { job, conversation, messages }, clock.now());
  }

  return {
    kinds: hasAny ? [TICKET, TICKET_MAIL, TICKET_WEBHOOK] : [],
    async deliverDue() {
      if (!hasAny || isStopped) return 0;
      const now = clock.now();
      const claim = { owner: processId, now, leaseUntil: now + LEASE_MS, limit: AT_ONCE };
      const jobs = await store.jobs.claim({ ...claim, kinds: [TICKET, TICKET_MAIL, TICKET_WEBHOOK] });
      await Promise.all(jobs.map((job) => deliver(ports, job, handle)));
      return jobs.length;
    },
    stop() {
      isStopped = true;
    },
  };
}

async function deliver({ store, clock, log, processId }: TicketPorts, job: Job, handle: (job: Job) => Promise<void>): Promise<void> {
  try {
    await handle(job);
    await store.jobs.complete(job.id, processId, clock.now());
  } catch (cause) {
    const at = clock.now();
    const retryAt = job.attempts >= TRIES ? undefined : at + RETRY_MS * 2 ** job.attempts;
    log.warn({ jobId: job.id, kind: job.kind, cause: messageOf(cause), retryAt }, 'A ticket could not be delivered.');
    await store.jobs.fail(job.id, processId, { error: messageOf(cause), at, retryAt });
  }
}

async function fanOut(
  { store, clock }: TicketPorts,
  job: Job,
  to: { readonly hasMail: boolean; readonly hasWebhook: boolean },
): Promise<void> {
  const kinds = [...(to.hasMail ? [TICKET_MAIL] : []), ...(to.hasWebhook ? [TICKET_WEBHOOK] : [])];
  for (const kind of kinds) {
    const now = clock.now();
    const { payload, conversationId } = job;
    const id = `${job.id}_${kind}`;
    await store.jobs.enqueue({ id, kind, dedupeKey: id, payload, runAt: now, createdAt: now, conversationId });
  }
}

interface Ticket {
  readonly job: Job;
  readonly conversation: Conversation;
  readonly messages: readonly Message[];
}

async function mailTicket(
  { siteName }: ServerConfig,
  mailbox: { readonly mailer: Mailer; readonly to: string },
  { job, conversation, messages }: Ticket,
): Promise<void> {
  await mailbox.mailer.send({
    id: job.id,
    to: mailbox.to,
    subject: `${siteName}: a customer waits for an answer`,
    text: `${contactLine(conversation)}\n\n${transcriptText(conversation, messages)}`,
  });
}

function contactLine({ email }: Conversation): string {
  return email === undefined ? 'The customer has not left an address; answer in the console.' : `Answer to: ${email}`;
}

/** The shape that receivers rely on: docs/console.md, "Tickets". */
async function post(target: WebhookTarget, { job, conversation, messages }: Ticket, at: number): Promise<void> {
  const body = JSON.stringify({
    type: 'ticket.created',
    timestamp: new Date(at).toISOString(),
    data: {
      conversationId: conversation.id,
      locale: conversation.locale,
      email: conversation.email ?? null,
      waitingSince: conversation.waitingSince ?? null,
      pageUrl: conversation.pageUrl ?? null,
      messages: messages.map(wireMessage),
    },
  });
  const message: WebhookMessage = { id: job.id, at, body };
  await sendWebhook(target, message);
}
