import type { RouteId, TierId } from '@stepdown/kernel';

export interface AuditEntry {
  /** Sortable id, made by the caller. */
  readonly id: string;
  readonly at: number;
  readonly actorId: string;
  readonly actorName: string;
  /** `noun.happened`, for example `tier.forced`. */
  readonly action: string;
  /** What it was done to, for example a conversation id. */
  readonly subject: string;
  /** Free of message texts and secrets. */
  readonly detail: string;
}

export interface AuditStore {
  write(entry: AuditEntry): Promise<void>;
  /** Newest first. `before`: id of the last entry of the page before. */
  list(query: { readonly before?: string | undefined; readonly limit: number }): Promise<readonly AuditEntry[]>;
}

export interface TierChange {
  readonly id: string;
  readonly from: TierId;
  readonly to: TierId;
  /** In words. */
  readonly cause: string;
  readonly signal: string | undefined;
  readonly at: number;
  readonly affectedConversations: number;
  readonly isDrill: boolean;
}

export interface TierChangeStore {
  add(change: TierChange): Promise<void>;
  /** At or after `since`, newest first. */
  list(query: { readonly since: number; readonly limit: number }): Promise<readonly TierChange[]>;
  /** The last change before `at`: what the tier was when a period began. */
  lastBefore(at: number): Promise<TierChange | undefined>;
}

/** One snapshot of the ladder, so that its state survives a restart. */
export interface LadderStateStore {
  save(json: string, at: number): Promise<void>;
  load(): Promise<{ readonly json: string; readonly at: number } | undefined>;
}

export interface HealthBucket {
  readonly routeId: RouteId;
  /** Start of the minute, epoch ms. */
  readonly minute: number;
  readonly samples: number;
  readonly failures: number;
  readonly firstTextP50Ms: number | undefined;
  readonly firstTextP95Ms: number | undefined;
}

export interface HealthBucketStore {
  /** Adds samples and failures to what is stored of the same route and minute; of percentiles the slower one stays. */
  add(buckets: readonly HealthBucket[]): Promise<void>;
  /** At or after `since`, oldest first. */
  list(query: { readonly routeId?: RouteId | undefined; readonly since: number }): Promise<readonly HealthBucket[]>;
}

/** A tier forced by an operator; always expires. */
export interface Pin {
  readonly tier: TierId;
  readonly reason: string;
  readonly setBy: string;
  readonly setAt: number;
  readonly expiresAt: number;
}

export interface PinStore {
  set(pin: Pin): Promise<void>;
  /** True when there was one. */
  clear(): Promise<boolean>;
  /** Undefined once expired. */
  current(now: number): Promise<Pin | undefined>;
}

export type IncidentState = 'investigating' | 'identified' | 'monitoring' | 'resolved';

export interface Incident {
  readonly id: string;
  readonly state: IncidentState;
  readonly title: string;
  readonly cause: string;
  readonly startedAt: number;
  readonly updatedAt: number;
  readonly resolvedAt: number | undefined;
  readonly isDrill: boolean;
}

export type NewIncident = Omit<Incident, 'updatedAt' | 'resolvedAt'>;

export interface IncidentStore {
  /** One incident per outage: while one is unresolved (drills apart) it is returned with `isNew: false`, unchanged. */
  open(incident: NewIncident): Promise<{ readonly incident: Incident; readonly isNew: boolean }>;
  /** State `resolved` sets `resolvedAt` to `at`; a resolved incident does not change any more: undefined. */
  update(
    incidentId: string,
    patch: { readonly state?: IncidentState; readonly title?: string; readonly cause?: string },
    at: number,
  ): Promise<Incident | undefined>;
  /** The unresolved one. */
  current(options?: { readonly isDrill?: boolean }): Promise<Incident | undefined>;
  /** Unresolved, or touched at or after `since`; newest first. */
  list(query: { readonly since: number; readonly limit: number }): Promise<readonly Incident[]>;
}

export type AlertSeverity = 'info' | 'warning' | 'critical';

export interface Alert {
  readonly id: string;
  readonly code: string;
  readonly routeId: RouteId | undefined;
  readonly detail: string;
  readonly severity: AlertSeverity;
  readonly createdAt: number;
  readonly acknowledgedBy: string | undefined;
  readonly acknowledgedAt: number | undefined;
  readonly resolvedAt: number | undefined;
}

export interface NewAlert {
  readonly id: string;
  readonly code: string;
  readonly routeId?: RouteId | undefined;
  readonly detail: string;
  readonly severity: AlertSeverity;
  readonly createdAt: number;
}

export interface AlertStore {
  /** One open alert per code and route: another one returns the open one with `isNew: false`, unchanged. */
  raise(alert: NewAlert): Promise<{ readonly alert: Alert; readonly isNew: boolean }>;
  /** Stays open, so that the same cause does not ring again; undefined when unknown or resolved. */
  acknowledge(alertId: string, by: string, at: number): Promise<Alert | undefined>;
  /** The cause is gone; the next one rings again. Undefined when none is open. */
  resolve(code: string, routeId: RouteId | undefined, at: number): Promise<Alert | undefined>;
  /** Not resolved, newest first. */
  listOpen(): Promise<readonly Alert[]>;
  list(query: { readonly since: number; readonly limit: number }): Promise<readonly Alert[]>;
}
