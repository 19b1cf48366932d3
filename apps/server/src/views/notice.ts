import type { Notice, Tier } from '@stepdown/protocol';

/** What a visitor is told about the tier that answers now; never which vendor it is. */
export function noticeOf(tier: Tier): Notice {
  switch (tier) {
    case 'claude':
    case 'gpt':
      return 'ai';
    case 'open-model':
      return 'slow';
    case 'faq':
      return 'faq';
    case 'handoff':
      return 'handoff';
  }
}
