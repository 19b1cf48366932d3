import { createParkedAttendant, type DeferPorts, type ParkedAttendant } from '@stepdown/conversation';
import { isModelTier, type Log } from '@stepdown/kernel';
import type { LadderSnapshot } from '@stepdown/ladder';
import type { ServerConfig } from './config.ts';
import { createSmtpMailer } from './mail/smtp-mailer.ts';

export interface ParkedParts {
  readonly conversations: DeferPorts;
  readonly config: ServerConfig;
  readonly snapshot: () => LadderSnapshot;
  readonly log: Log;
}

/** Answers the questions of an outage once the ladder is back on a model. */
export function attendParkedQuestions({ conversations, config, snapshot, log }: ParkedParts): ParkedAttendant {
  const attendant = createParkedAttendant({
    ...conversations,
    policy: config.policy,
    assistantSince: () => {
      const { tier, since } = snapshot();
      return isModelTier(tier) ? since : undefined;
    },
    mail: config.mail === undefined ? undefined : { mailer: createSmtpMailer(config.mail), siteName: config.siteName },
    log,
  });
  attendant.start();
  return attendant;
}
