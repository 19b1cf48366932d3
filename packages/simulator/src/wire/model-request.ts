/** What the three wire formats have in common once a request is read. */
export interface ModelRequest {
  readonly model: string;
  /** System text, instructions and developer messages, in order. */
  readonly instructions: string;
  readonly turns: readonly ModelTurn[];
  readonly isStream: boolean;
  /** `null` where the request sets no limit. */
  readonly maxTokens: number | null;
  /** Chat Completions sends usage in a stream only when asked. */
  readonly includesUsage: boolean;
}

export interface ModelTurn {
  readonly role: 'user' | 'assistant';
  readonly text: string;
}

/** The newest text a visitor wrote; empty when the request holds none. */
export function lastUserText(request: ModelRequest): string {
  return request.turns.findLast((turn) => turn.role === 'user')?.text ?? '';
}

export function inputText(request: ModelRequest): string {
  return [request.instructions, ...request.turns.map((turn) => turn.text)].join('\n');
}
