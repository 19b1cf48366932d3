/** Something an editor must look at, with the place and the cure. */
export interface FaqProblem {
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  readonly reason: string;
  readonly remedy: string;
  /** `error`: the file is not used. `warning`: it is used, but somebody should look. */
  readonly severity: 'error' | 'warning';
}

/** `file:line: reason (remedy)`, which editors and terminals turn into a link. */
export function formatProblem(problem: FaqProblem): string {
  return `${problem.path}:${problem.line}: ${problem.reason} (${problem.remedy})`;
}
