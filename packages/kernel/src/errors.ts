/** An error with a stable code and the next step for the reader. Codes are listed in docs/errors.md. */
export class StepdownError extends Error {
  readonly code: string;
  readonly remedy: string;

  constructor(code: string, message: string, remedy: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'StepdownError';
    this.code = code;
    this.remedy = remedy;
  }
}

/** Text of anything thrown, for logs. */
export function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
