export interface QueuedJob {
  readonly id: string;
  readonly kind: string;
  readonly dedupeKey: string;
  /** JSON text. */
  readonly payload: string;
  readonly state: 'waiting' | 'running' | 'done' | 'dead' | 'cancelled';
  readonly runAt: number;
  /** Times it was claimed. */
  readonly attempts: number;
  readonly createdAt: number;
}

/** A durable queue: a job runs at least once, so what it does must be repeatable. Implemented by packages/store. */
export interface JobQueue {
  /** One job per key that is not cancelled, for ever; a known key returns the stored job and changes nothing. */
  enqueue(job: {
    readonly id: string;
    readonly kind: string;
    readonly dedupeKey: string;
    readonly payload: string;
    readonly runAt: number;
    readonly createdAt: number;
    readonly conversationId?: string | undefined;
  }): Promise<{ readonly job: QueuedJob; readonly isNew: boolean }>;
  /** Due jobs and those whose owner is gone, earliest `runAt` first; each goes to one claimer. */
  claim(request: {
    readonly kinds: readonly string[];
    readonly owner: string;
    readonly now: number;
    readonly leaseUntil: number;
    readonly limit: number;
  }): Promise<readonly QueuedJob[]>;
  /** These three are false when `owner` has lost the job, also to a cancellation. */
  renew(jobId: string, owner: string, leaseUntil: number): Promise<boolean>;
  complete(jobId: string, owner: string, at: number): Promise<boolean>;
  /** Without `retryAt` the job is dead. */
  fail(
    jobId: string,
    owner: string,
    failure: { readonly error: string; readonly at: number; readonly retryAt?: number | undefined },
  ): Promise<boolean>;
  cancelByDedupeKey(dedupeKey: string, at: number): Promise<boolean>;
  byDedupeKey(dedupeKey: string): Promise<QueuedJob | undefined>;
  /** Earliest `runAt` first. */
  list(query: {
    readonly kind?: string | undefined;
    readonly state?: QueuedJob['state'] | undefined;
    readonly conversationId?: string | undefined;
    readonly limit: number;
  }): Promise<readonly QueuedJob[]>;
}
