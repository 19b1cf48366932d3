/** A question the team has answered, as it is kept on the device. */
export interface SavedEntry {
  readonly id: string;
  readonly question: string;
  readonly variants: readonly string[];
  /** Markdown. */
  readonly answer: string;
  /** When the facts were last checked, epoch ms. */
  readonly updatedAt: number | null;
}
