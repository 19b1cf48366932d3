const WORDS: Readonly<Record<string, string>> = {
  ok: 'Answered',
  complete: 'Answered',
  'output-limit': 'Answered up to the length limit',
  cancelled: 'Stopped',
  aborted: 'Stopped, another one was first',
  internal: 'An error of our own',
  rejected: 'Rejected the request',
  'context-too-long': 'Conversation too long for the model',
  auth: 'Key refused',
  quota: 'Quota or spend limit reached',
  'model-missing': 'Model unknown or retired',
  'rate-limited': 'Rate limit',
  unreachable: 'No connection',
  'server-error': 'Server error',
  overloaded: 'Overloaded',
  misdirected: 'Redirected elsewhere',
  'connect-timeout': 'No connection in time',
  'headers-timeout': 'No response in time',
  'first-text-timeout': 'No first text in time',
  stalled: 'The answer stalled',
  trickle: 'Slower than a reader reads',
  'answer-timeout': 'The answer took too long',
  cut: 'The answer was cut off',
  malformed: 'Malformed answer',
  empty: 'Empty answer',
  'stream-error': 'Error inside the answer',
  refused: 'Declined to answer',
};

/** Outcome of an attempt or signal in words; what is not known is shown as it is named. */
export function outcomeWords(outcome: string): string {
  return WORDS[outcome] ?? outcome.replaceAll('-', ' ');
}

const GOOD = new Set(['ok', 'complete', 'output-limit']);
const NEUTRAL = new Set(['aborted', 'refused', 'cancelled']);

export function outcomeTone(outcome: string): 'good' | 'bad' | 'calm' {
  if (GOOD.has(outcome)) return 'good';
  return NEUTRAL.has(outcome) ? 'calm' : 'bad';
}

const FLOORS: Readonly<Record<string, string>> = {
  'no-route': 'Every model was known to be down, so none was asked',
  exhausted: 'Every model that was asked failed',
  deadline: 'No model answered in time',
};

/** Why a turn ended where it did; null when its attempts say it all. */
export function turnCauseWords(cause: string): string | null {
  if (cause === 'answered') return null;
  const floor = /^floor: ([\w-]+)(, saved answer)?$/.exec(cause);
  if (floor === null) return cause;
  const words = FLOORS[floor[1] ?? ''] ?? floor[1];
  return floor[2] === undefined ? `${words}.` : `${words}. A saved answer was used.`;
}
