import { plainText, withoutInvisible } from '@stepdown/client/markdown';
import type { InboxConversation, VisitorContext } from '@stepdown/protocol';
import { type ReactNode, useEffect } from 'react';
import { Link } from 'wouter';
import { dayAndTime, fullTime } from '../../desk/times.ts';
import { useAnswer } from '../../desk/use-answer.ts';
import { Elapsed } from '../../parts/elapsed.tsx';
import { AlertIcon, CheckIcon } from '../../parts/icons.tsx';
import { TierBadge } from '../../parts/tier-badge.tsx';
import { tierName } from '../../parts/tiers.ts';
import styles from './conversation.module.css';

const languageNames = new Intl.DisplayNames(undefined, { type: 'language', fallback: 'code' });

export interface ContextPanelProps {
  readonly conversation: InboxConversation;
  readonly messageCount: number;
  /** Address of another conversation, inside of the console. */
  readonly hrefOf: (conversationId: string) => string;
}

/** Who the customer is and where they write from. Everything they or their page said is plain text here (checklist D04, D23). */
export function ContextPanel({ conversation, messageCount, hrefOf }: ContextPanelProps) {
  const { identity, handoff } = conversation;
  const path = `/api/agent/conversations/${encodeURIComponent(conversation.id)}`;
  const { value, reload } = useAnswer<VisitorContext>(`${path}/visitor`);
  // Another state may have brought another rating; another address, other conversations.
  useEffect(() => void reload(), [conversation.state, identity.email, reload]);
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
      {value !== null && value.rating !== null && <Rating rating={value.rating} />}
      {value !== null && value.conversations.length > 0 && <Others conversations={value.conversations} hrefOf={hrefOf} />}
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
          <Fact name="Transcript">
            <a href={`${path}/transcript`} download>
              Text
            </a>{' '}
            ·{' '}
            <a href={`${path}/transcript?format=json`} download>
              JSON
            </a>
          </Fact>
        </dl>
      </section>
    </aside>
  );
}

/** How content the customer was, in their own words. */
function Rating({ rating }: { readonly rating: NonNullable<VisitorContext['rating']> }) {
  return (
    <section>
      <h3>Rating</h3>
      <p className={styles.score}>
        <span className={styles.stars} aria-hidden="true">
          {'★'.repeat(rating.score)}
          {'☆'.repeat(5 - rating.score)}
        </span>
        {rating.score} of 5
      </p>
      {rating.comment !== null && <p dir="auto">{withoutInvisible(rating.comment)}</p>}
    </section>
  );
}

/** What the same person asked before: same browser, or an address that the site vouched for. */
function Others({
  conversations,
  hrefOf,
}: {
  readonly conversations: readonly InboxConversation[];
  readonly hrefOf: (id: string) => string;
}) {
  return (
    <section>
      <h3>Other conversations</h3>
      <ul className={styles.others}>
        {conversations.map((other) => (
          <li key={other.id}>
            <Link href={hrefOf(other.id)}>
              <span dir="auto">{plainText(other.preview).replaceAll('\n', ' ') || 'No message yet'}</span>
              <span>
                {dayAndTime(other.updatedAt)} · {standingOf(other)}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

function standingOf({ state, agentName, tier }: InboxConversation): string {
  if (state === 'resolved') return 'closed';
  return agentName === null ? tierName(tier) : `with ${agentName}`;
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
