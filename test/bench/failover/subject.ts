/** What a customer saw of one answer; times in milliseconds since the question was sent. */
export interface Seen {
  /** Text on the screen at the end. */
  readonly text: string;
  readonly firstTextMs: number | undefined;
  /** The end that the subject told; undefined when it threw, or told none within the cap. */
  readonly completedMs: number | undefined;
  /** Longest wait for more text, once there was some. */
  readonly longestGapMs: number;
  readonly error: string | undefined;
}

/** Addresses of the simulated providers that a subject talks to. */
export interface ProviderUrls {
  /** As @anthropic-ai/sdk wants it. */
  readonly claude: string;
  /** As openai wants it, `/v1` included. */
  readonly gpt: string;
}

export interface SubjectOptions {
  readonly urls: ProviderUrls;
  /** Headers, first text and gap between text alike. */
  readonly thresholdMs: number;
  /** When even a patient customer has left. */
  readonly capMs: number;
}

/** Something that answers a question from Claude and falls back to GPT. */
export interface Subject {
  ask(): Promise<Seen>;
  stop(): Promise<void>;
}

export interface SubjectKind {
  readonly name: string;
  start(options: SubjectOptions): Promise<Subject>;
}

/** Receives the text as a reader would see it. */
export interface Screen {
  append(text: string): void;
  /** Takes back what is shown, for subjects that begin again. */
  clear(): void;
}

/** Times one answer, and gives up on it at the cap as a customer would. */
export async function watch(capMs: number, answer: (screen: Screen, signal: AbortSignal) => Promise<void>): Promise<Seen> {
  const startedAt = performance.now();
  const since = (): number => performance.now() - startedAt;
  const controller = new AbortController();
  let text = '';
  let firstTextMs: number | undefined;
  let lastTextMs = 0;
  let longestGapMs = 0;
  const noteGap = (): void => {
    if (firstTextMs !== undefined) longestGapMs = Math.max(longestGapMs, since() - lastTextMs);
  };
  const screen: Screen = {
    append(piece) {
      if (piece === '' || controller.signal.aborted) return;
      noteGap();
      if (piece.trim() !== '') firstTextMs ??= since();
      lastTextMs = since();
      text += piece;
    },
    clear() {
      text = '';
    },
  };
  let timer: NodeJS.Timeout | undefined;
  const cap = new Promise<'cap'>((resolve) => {
    timer = setTimeout(() => resolve('cap'), capMs);
  });
  const result = await Promise.race([answer(screen, controller.signal).then(() => 'done' as const, messageOf), cap]);
  clearTimeout(timer);
  noteGap();
  const completedMs = result === 'done' ? since() : undefined;
  controller.abort();
  return { text, firstTextMs, completedMs, longestGapMs, error: errorOf(result, capMs) };
}

function messageOf(cause: unknown): { readonly thrown: string } {
  return { thrown: cause instanceof Error ? `${cause.name}: ${cause.message}`.slice(0, 120) : String(cause) };
}

function errorOf(result: 'done' | 'cap' | { readonly thrown: string }, capMs: number): string | undefined {
  if (result === 'done') return undefined;
  return result === 'cap' ? `no end within ${capMs} ms` : result.thrown;
}
