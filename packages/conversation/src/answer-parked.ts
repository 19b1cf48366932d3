import { type Log, messageOf } from '@stepdown/kernel';
import type { Policy } from '@stepdown/ladder';
import { type ConversationPorts, systemMessage } from './commands.ts';
import { markOutageMessage } from './defer-question.ts';
import type { JobQueue, QueuedJob } from './job-ports.ts';
import { ANSWER_MAIL, type MailPayload, type MailPorts, sendDueMails } from './mail-answer.ts';
import { nextAnswerKey, PARKED_QUESTION, type ParkedPayload, readParked } from './parked-question.ts';
import { type ParkedStep, parkedStep } from './parked-step.ts';
import { laterTurns } from './question-of.ts';
import type { Conversation, Turn } from './record.ts';
import { LEASE_MS } from './turn-board.ts';

type ParkedPolicy = Pick<
  Policy,
  'deferredRecoveryMs' | 'deferredPerMinute' | 'deferredAtOnce' | 'deferredTries' | 'deferredRetryMs' | 'deferredKeptMs'
>;

export interface ParkedPorts extends ConversationPorts {
  readonly jobs: JobQueue;
  readonly policy: ParkedPolicy;
  /** Since when (epoch ms) a new conversation is answered by a model; undefined while it is not. */
  readonly assistantSince: () => number | undefined;
  /** Undefined: no mail server is configured, and nothing is promised. */
  readonly mail: Pick<MailPorts, 'mailer' | 'siteName'> | undefined;
  readonly log: Log;
}

/** Answers parked questions when the assistant is back. Several processes may each have one. */
export interface ParkedAttendant {
  start(): void;
  /** No new work; what runs is finished by the turn board, or by another process. */
  stop(): void;
  /** One round; the timer calls it every second. */
  round(): Promise<void>;
}

const ROUND_MS = 1_000;
/** A question that is only put aside costs nothing; this many are looked at in one round. */
const LOOKED_AT = 20;

export function createParkedAttendant(ports: ParkedPorts): ParkedAttendant {
  const held = new Map<string, QueuedJob>();
  let nextStartAt = 0;
  let timer: unknown;
  let isStopped = false;

  function isAssistantBack(): boolean {
    const since = ports.assistantSince();
    return since !== undefined && ports.clock.now() - since >= ports.policy.deferredRecoveryMs;
  }

  async function round(): Promise<void> {
    for (const job of [...held.values()]) await advance(job);
    await takeNew();
    if (ports.mail !== undefined) await sendDueMails({ ...ports, ...ports.mail });
  }

  async function takeNew(): Promise<void> {
    for (let looked = 0; looked < LOOKED_AT && !isStopped; looked += 1) {
      const job = await nextJob();
      if (job === undefined) return;
      if ((await advance(job)) === 'put-back') return;
    }
  }

  /** The oldest question, if the assistant is back and there is room; else only one that is out of time. */
  async function nextJob(): Promise<QueuedJob | undefined> {
    const now = ports.clock.now();
    const hasRoom = held.size < ports.policy.deferredAtOnce && now >= nextStartAt;
    if (!(isAssistantBack() && hasRoom) && !(await isOutOfTime(now))) return undefined;
    const claim = { owner: ports.processId, now, leaseUntil: now + LEASE_MS, limit: 1 };
    const [job] = await ports.jobs.claim({ ...claim, kinds: [PARKED_QUESTION] });
    return job;
  }

  async function isOutOfTime(now: number): Promise<boolean> {
    for (const state of ['waiting', 'running'] as const) {
      const [oldest] = await ports.jobs.list({ kind: PARKED_QUESTION, state, limit: 1 });
      if (oldest !== undefined && !held.has(oldest.id) && oldest.createdAt + ports.policy.deferredKeptMs <= now) return true;
    }
    return false;
  }

  /** One question that can't be dealt with must not hold up the others; it comes back when its lease has ended. */
  async function advance(job: QueuedJob): Promise<ParkedStep['kind'] | undefined> {
    try {
      return await decide(job);
    } catch (cause) {
      held.delete(job.id);
      ports.log.warn({ jobId: job.id, cause: messageOf(cause) }, 'A parked question could not be looked after; trying again.');
      return undefined;
    }
  }

  async function decide(job: QueuedJob): Promise<ParkedStep['kind']> {
    const payload = readParked(job.payload);
    const conversation = await ports.conversations.get(payload.conversationId);
    const turns = await laterTurns(ports, { id: payload.questionId, conversationId: payload.conversationId });
    const step = parkedStep({
      parkedAt: job.createdAt,
      epoch: payload.epoch,
      conversation,
      turns,
      isAssistantBack: isAssistantBack(),
      now: ports.clock.now(),
      policy: ports.policy,
    });
    await take(step, { job, payload, conversation, turns });
    return step.kind;
  }

  async function take(step: ParkedStep, parked: Parked): Promise<void> {
    const { job } = parked;
    const now = ports.clock.now();
    if (step.kind !== 'wait' && step.kind !== 'start') held.delete(job.id);
    switch (step.kind) {
      case 'start':
        nextStartAt = now + 60_000 / ports.policy.deferredPerMinute;
        return startAnswer(parked);
      case 'wait':
        if (await ports.jobs.renew(job.id, ports.processId, now + LEASE_MS)) held.set(job.id, job);
        else held.delete(job.id);
        return;
      case 'put-back':
        await ports.jobs.fail(job.id, ports.processId, { error: 'not yet', at: now, retryAt: step.retryAt ?? job.runAt });
        return;
      case 'cancel':
        return cancel(parked);
      case 'settle':
        return settle(parked);
      case 'hand-over':
        return handOver(parked);
    }
  }

  /** The id of the message makes this happen once for each turn, whoever repeats it (P19). */
  async function startAnswer({ job, payload, turns }: Parked): Promise<void> {
    const now = ports.clock.now();
    const turn = {
      id: ports.newId('trn'),
      questionMessageId: payload.questionId,
      leaseOwner: ports.processId,
      leaseUntil: now + LEASE_MS,
      startedAt: now,
    };
    const result = await ports.conversations.append({
      conversationId: payload.conversationId,
      message: { ...systemMessage(ports, 'assistant-back'), clientMessageId: nextAnswerKey(job, payload.questionId, turns.length) },
      turn,
      ifEpoch: payload.epoch,
    });
    // A person was faster, or another process has begun this turn: the next round sees it.
    if (result.kind === 'stale' || result.message.notice === 'assistant-back') held.set(job.id, job);
    // Else the id is taken: the visitor has taken the question back.
    else await cancelThis(job);
    if (result.kind === 'stale' || !result.isNew) return;
    ports.publish({ type: 'message.created', message: result.message });
    ports.publish({ type: 'conversation.changed', conversation: result.conversation });
    const started = await ports.turns.get(turn.id);
    if (started !== undefined) ports.board.start(started);
  }

  async function cancel({ job, payload }: Parked): Promise<void> {
    if (await cancelThis(job)) await markOutageMessage(ports, payload.outageMessageId, 'ended');
  }

  /** The key may belong to a new job by now: withdrawn and parked again while this process was slow. */
  async function cancelThis(job: QueuedJob): Promise<boolean> {
    const current = await ports.jobs.byDedupeKey(job.dedupeKey);
    return current?.id === job.id && ports.jobs.cancelByDedupeKey(job.dedupeKey, ports.clock.now());
  }

  async function settle({ job, payload, conversation, turns }: Parked): Promise<void> {
    await markOutageMessage(ports, payload.outageMessageId, 'ended');
    const answer = turns.findLast(({ status }) => status === 'done');
    const hasAnswer = answer?.answerMessageId !== undefined && answer.resultTier !== 'handoff';
    if (ports.mail !== undefined && conversation?.email !== undefined && hasAnswer) {
      await queueMail(job, { conversationId: payload.conversationId, answerMessageId: answer.answerMessageId });
    }
    await ports.jobs.complete(job.id, ports.processId, ports.clock.now());
  }

  async function queueMail(job: QueuedJob, payload: MailPayload): Promise<void> {
    const now = ports.clock.now();
    await ports.jobs.enqueue({
      id: ports.newId('job'),
      kind: ANSWER_MAIL,
      dedupeKey: `${ANSWER_MAIL}:${job.id}`,
      payload: JSON.stringify(payload),
      runAt: now,
      createdAt: now,
      conversationId: payload.conversationId,
    });
  }

  async function handOver({ job, payload, conversation }: Parked): Promise<void> {
    const now = ports.clock.now();
    const result = await ports.conversations.append({
      conversationId: payload.conversationId,
      message: { ...systemMessage(ports, 'deferral-ended'), clientMessageId: `deferral-ended:${job.id}` },
      patch: { handoff: 'queued', state: 'pending', waitingSince: conversation?.waitingSince ?? now },
      ifEpoch: payload.epoch,
    });
    // A person was faster: the next round finds the raised epoch.
    if (result.kind === 'stale') return void held.set(job.id, job);
    if (result.isNew) {
      ports.publish({ type: 'message.created', message: result.message });
      ports.publish({ type: 'conversation.changed', conversation: result.conversation });
    }
    await markOutageMessage(ports, payload.outageMessageId, 'ended');
    await ports.jobs.fail(job.id, ports.processId, { error: 'not answered in time', at: now });
  }

  function schedule(): void {
    if (isStopped) return;
    timer = ports.clock.setTimeout(() => {
      round()
        .catch((cause: unknown) => ports.log.warn({ cause }, 'Parked questions could not be looked after; trying again.'))
        .finally(schedule);
    }, ROUND_MS);
  }

  return {
    start: schedule,
    stop() {
      isStopped = true;
      ports.clock.clearTimeout(timer);
    },
    round,
  };
}

interface Parked {
  readonly job: QueuedJob;
  readonly payload: ParkedPayload;
  readonly conversation: Conversation | undefined;
  readonly turns: readonly Turn[];
}
