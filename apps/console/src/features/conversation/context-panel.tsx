import { withoutInvisible } from '@stepdown/client/markdown';
import type { InboxConversation } from '@stepdown/protocol';
import type { ReactNode } from 'react';
import { fullTime } from '../../desk/times.ts';
import { Elapsed } from '../../parts/elapsed.tsx';
import { AlertIcon, CheckIcon } from '../../parts/icons.tsx';
import { TierBadge } from '../../parts/tier-badge.tsx';
import styles from './conversation.module.css';

const languageNames = new Intl.DisplayNames(undefined, { type: 'language', fallback: 'code' });

/** Who the customer is and where they write from. Everything they or their page said is plain text here (checklist D04, D23). */
export function ContextPanel({ conversation, messageCount }: { readonly conversation: InboxConversation; readonly messageCount: number }) {
  const { identity, handoff } = conversation;
  return (
    <aside className={styles.context} aria-label="Customer details">
      <section>
        <h3>Customer</h3>
        <p className={styles.identity} data-verified={identity.isVerified || undefined}>
          {identity.isVerified ? <CheckIcon size={16} /> : <AlertIcon size={16} />}
          {identity.isVerified ? 'Identity verified by your site' : 'Identity not verified'}
        </p>
        <dl>
          <Fact name="Name">{identity.name === null ? null : <span dir="auto">{withoutInvisible(identity.name)}</span>}</Fact>
          <Fact name="E-mail">{identity.email === null ? null : withoutInvisible(identity.email)}</Fact>
          <Fact name="Language">{languageOf(conversation.locale)}</Fact>
        </dl>
      </section>
      <section>
        <h3>Page</h3>
        <dl>
          <Fact name="Title">
            {conversation.pageTitle === null ? null : <span dir="auto">{withoutInvisible(conversation.pageTitle)}</span>}
          </Fact>
          <Fact name="Address">
            {conversation.pageUrl === null ? null : <span className={styles.address}>{withoutInvisible(conversation.pageUrl)}</span>}
          </Fact>
        </dl>
      </section>
      <section>
        <h3>Conversation</h3>
        <dl>
          <Fact name="Stands on">
            <TierBadge tier={conversation.tier} />
          </Fact>
          <Fact name="Started">
            <Elapsed since={conversation.createdAt} /> ago
          </Fact>
          <Fact name="Messages">{messageCount}</Fact>
          {handoff.position !== undefined && <Fact name="Place in queue">{handoff.position}</Fact>}
          {handoff.email !== undefined && <Fact name="Answer to">{withoutInvisible(handoff.email)}</Fact>}
          <Fact name="Number">
            <code title={fullTime(conversation.createdAt)}>{conversation.id}</code>
          </Fact>
        </dl>
      </section>
    </aside>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd>{children ?? <span className={styles.unknown}>Not known</span>}</dd>
    </div>
  );
}

function languageOf(locale: string): string {
  try {
    return languageNames.of(locale) ?? locale;
  } catch {
    // Sent by the embedding page; anything may stand there.
    return withoutInvisible(locale);
  }
}
