import type { Mailer } from '@stepdown/conversation';
import { createTransport } from 'nodemailer';

export interface MailConfig {
  /** `smtp://` (STARTTLS) or `smtps://`, with user and password where the server asks for them. */
  readonly smtpUrl: string;
  readonly from: string;
}

const CONNECT_MS = 10_000;
const SILENT_MS = 20_000;
const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])$/;

/** Sends through the operator's mail server, encrypted unless that runs on this machine. */
export function createSmtpMailer({ smtpUrl, from }: MailConfig): Mailer {
  const transport = createTransport(transportOptions(smtpUrl));
  const domain = /@([^@>\s]+)>?\s*$/.exec(from)?.[1] ?? 'localhost';
  return {
    async send({ id, to, subject, text }) {
      // A machine wrote this: out-of-office replies must not start a conversation with it (RFC 3834).
      const headers = { 'Auto-Submitted': 'auto-replied' };
      await transport.sendMail({ from, to, subject, text, messageId: `<${id}@${domain}>`, headers });
    },
  };
}

export function transportOptions(smtpUrl: string) {
  const url = new URL(smtpUrl);
  const isSecure = url.protocol === 'smtps:';
  const auth = { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) };
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (isSecure ? 465 : 587) : Number(url.port),
    secure: isSecure,
    requireTLS: !isSecure && !LOOPBACK.test(url.hostname),
    ...(url.username === '' ? {} : { auth }),
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENT_MS,
    // A mail is built from text only; nothing in it may make us open a file or an address.
    disableFileAccess: true,
    disableUrlAccess: true,
  } as const;
}
