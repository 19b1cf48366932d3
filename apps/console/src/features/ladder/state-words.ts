const STATE_WORDS: Readonly<Record<string, string>> = {
  healthy: 'Healthy',
  degraded: 'Degraded',
  open: 'Open',
  probing: 'Probing',
  ramping: 'Ramping',
  latched: 'Latched',
  unconfigured: 'Not configured',
  pinned: 'Held',
  drill: 'Drill',
};

export function stateWords(state: string): string {
  return STATE_WORDS[state] ?? state;
}

/** What a state means to somebody who has not read the manual. */
const STATE_HINTS: Readonly<Record<string, string>> = {
  healthy: 'Takes every question it gets.',
  degraded: 'Still answers; the next tier is ready to jump in.',
  open: 'Gets no customers; probes look for its return.',
  probing: 'A probe succeeded; one more and customers come back.',
  ramping: 'Gets a growing share of conversations.',
  latched: 'Stays out until the cause is fixed.',
  unconfigured: 'No key or address is set.',
  pinned: 'An admin holds the ladder here.',
  drill: 'Rehearses an outage.',
};

export function stateHint(state: string): string {
  return STATE_HINTS[state] ?? '';
}

export function stateTone(state: string): 'good' | 'warn' | 'bad' | 'calm' {
  switch (state) {
    case 'healthy':
      return 'good';
    case 'open':
    case 'latched':
      return 'bad';
    case 'unconfigured':
      return 'calm';
    default:
      return 'warn';
  }
}
