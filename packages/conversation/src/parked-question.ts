import type { QueuedJob } from './job-ports.ts';
import type { Message } from './record.ts';

export const PARKED_QUESTION = 'parked-question';

export interface ParkedPayload {
  readonly conversationId: string;
  readonly questionId: string;
  /** The message that told the visitor of the outage. */
  readonly outageMessageId: string;
  /** Whoever raises the epoch after this takes the question over. */
  readonly epoch: number;
}

/** One job for each question, however often it is asked for. */
export function parkedKey(questionId: string): string {
  return `${PARKED_QUESTION}:${questionId}`;
}

/** Payloads of this kind are written by `deferQuestion` only, from this type. */
export function readParked(payload: string): ParkedPayload {
  return JSON.parse(payload) as ParkedPayload;
}

/**
 * Client id of the system message that opens the next answer to a parked question. Whoever withdraws the question
 * writes under the same id: a conversation has it once, so that exactly one of the two happens.
 */
export function nextAnswerKey(job: QueuedJob, questionId: string, turnsSpent: number): string {
  return `${keyStart(questionId)}${job.id}:${turnsSpent + 1}`;
}

/** Whether this message opens an answer to that parked question. A visitor can use such an id, but can't write system messages. */
export function isAnswerOfParked(message: Message, questionId: string): boolean {
  return message.notice === 'assistant-back' && message.clientMessageId?.startsWith(keyStart(questionId)) === true;
}

function keyStart(questionId: string): string {
  return `parked:${questionId}:`;
}
