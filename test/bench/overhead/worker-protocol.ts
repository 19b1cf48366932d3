export interface BareRequest {
  readonly baseUrl: string;
  readonly system: string;
  readonly question: string;
  readonly answers: number;
  /** Streams side by side. */
  readonly atOnce: number;
}

export interface BareReport {
  /** Pieces of text received. */
  readonly tokens: number;
  /** User and system time of the whole process. */
  readonly cpuMs: number;
  readonly firstTextMs: readonly number[];
}
