import type { WireError } from '@stepdown/protocol';
import { type ReactNode, useEffect, useEffectEvent, useState } from 'react';
import { useAgent, useAgentClient, useMe, useRights } from '../../desk/agent-context.tsx';
import { useNotify } from '../../desk/notices.tsx';
import { useKeys } from '../../desk/use-keys.ts';
import { Button } from '../../parts/button.tsx';
import { Empty } from '../../parts/empty.tsx';
import { AlertIcon, ReplyIcon } from '../../parts/icons.tsx';
import { visitorName } from '../../parts/visitor-name.ts';
import { Announcer } from './announcer.tsx';
import { Composer } from './composer.tsx';
import { ContextPanel } from './context-panel.tsx';
import styles from './conversation.module.css';
import { ConversationHead } from './conversation-head.tsx';
import { holdingOf } from './guard.tsx';
import { MessageList } from './message-list.tsx';
import { Suggestion } from './suggestion.tsx';
import { useContextPanel } from './use-context-panel.ts';
import { useSuggestion } from './use-suggestion.ts';
import { Viewers } from './viewers.tsx';

type Busy = 'taking' | 'returning' | 'closing';

export interface ConversationViewProps {
  readonly conversationId: string;
  readonly onBack: () => void;
  readonly onTaken: () => void;
  /** Address of another conversation, inside of the console. */
  readonly hrefOf: (conversationId: string) => string;
}

/** The conversation in front of the agent. */
export function ConversationView({ conversationId, onBack, onTaken, hrefOf }: ConversationViewProps) {
  const client = useAgentClient();
  const desk = useAgent((snapshot) => snapshot.desk);
  const me = useMe();
  const { mayAnswer } = useRights();
  const context = useContextPanel();
  const moves = useMoves(conversationId, onTaken);
  const suggesting = useSuggestion(conversationId);
  const [draftVersion, setDraftVersion] = useState(0);
  const leave = useEffectEvent(() => client.showConversation(null));

  useEffect(() => client.showConversation(conversationId), [client, conversationId]);
  useEffect(() => () => leave(), []);

  const conversation = desk?.conversationId === conversationId ? desk.conversation : null;
  const holding = conversation && holdingOf(conversation, me.id, mayAnswer);
  useKeys({
    t: () => holding?.kind === 'assistant' && moves.take(),
    b: () => holding?.kind === 'mine' && moves.giveBack(),
    e: () => (holding?.kind === 'mine' || holding?.kind === 'assistant') && moves.close(),
    r: () => document.getElementById('reply-field')?.focus(),
  });

  if (desk?.conversationId !== conversationId || desk.phase === 'loading') return <Waiting />;
  if (desk.phase !== 'ready' || conversation === null || holding === null)
    return <Unreachable isMissing={desk.phase === 'missing'} onBack={onBack} />;
  /** Behind what was written already, never over it. */
  const putIntoReply = (text: string) => {
    const draft = client.draft(conversationId, 'reply');
    client.keepDraft(conversationId, 'reply', draft.trim() === '' ? text : `${draft}\n\n${text}`);
    setDraftVersion(draftVersion + 1);
    suggesting.dismiss();
  };
  const lastVisitorSeq = desk.messages.findLast(({ author }) => author === 'visitor')?.seq ?? 0;
  return (
    <section className={styles.view} aria-label={`Conversation with ${visitorName(conversation)}`}>
      <ConversationHead
        conversation={conversation}
        holding={holding}
        busy={moves.busy}
        isContextShown={context.isShown}
        onContext={context.toggle}
        onBack={onBack}
        onReturn={moves.giveBack}
        onResolve={moves.close}
        isSuggesting={suggesting.isBusy}
        onSuggest={suggesting.ask}
      />
      <div className={styles.body} data-context={context.isShown || undefined}>
        <div className={styles.main}>
          <MessageList key={conversationId} desk={desk} agentName={me.name} />
          <Viewers viewers={desk.viewers} />
          {suggesting.suggestion !== null && (
            <Suggestion
              suggestion={suggesting.suggestion}
              isStale={lastVisitorSeq > suggesting.suggestion.upToSeq}
              onUse={putIntoReply}
              onAgain={suggesting.ask}
              onDismiss={suggesting.dismiss}
            />
          )}
          <Composer
            conversation={conversation}
            holding={holding}
            isTaking={moves.busy === 'taking'}
            onTake={moves.take}
            draftVersion={draftVersion}
          />
          <Announcer key={`said ${conversationId}`} messages={desk.messages} visitorName={visitorName(conversation)} />
        </div>
        {context.isShown && (
          <ContextPanel
            key={conversationId}
            conversation={conversation}
            messageCount={desk.messages.filter(({ author }) => author !== 'system').length}
            hrefOf={hrefOf}
          />
        )}
      </div>
    </section>
  );
}

/** Take over, give back, close: one at a time, each telling what went wrong. */
function useMoves(conversationId: string, onTaken: () => void) {
  const client = useAgentClient();
  const notify = useNotify();
  const [busy, setBusy] = useState<Busy | null>(null);
  const run = (name: Busy, move: () => Promise<WireError | null>, done: () => void) => {
    if (busy !== null) return;
    setBusy(name);
    void move().then((failure) => {
      setBusy(null);
      if (failure)
        notify(failure.code === 'conflict' ? 'Another agent was faster. The conversation is theirs now.' : failure.message, 'bad');
      else done();
    });
  };
  return {
    busy,
    take: () =>
      run(
        'taking',
        () => client.take(conversationId),
        () => {
          onTaken();
          // The button that was pressed is gone; the next thing to do is to write.
          document.getElementById('reply-field')?.focus();
        },
      ),
    giveBack: () =>
      run(
        'returning',
        () => client.returnToAssistant(conversationId),
        () => notify('The assistant answers again.', 'good'),
      ),
    close: () =>
      run(
        'closing',
        () => client.resolve(conversationId),
        () => notify('The conversation is closed.', 'good'),
      ),
  };
}

/** Beside the list while nothing is chosen. */
export function NoConversation(): ReactNode {
  return (
    <Empty icon={<ReplyIcon size={24} />} title="Choose a conversation">
      Move with J and K, open with Enter. Press ? for every shortcut.
    </Empty>
  );
}

function Waiting() {
  return (
    <div className={styles['waiting-view']} aria-busy="true">
      <span className="visually-hidden" role="status">
        Reading the conversation…
      </span>
      {['a', 'b', 'c'].map((each) => (
        <span key={each} aria-hidden="true" />
      ))}
    </div>
  );
}

function Unreachable({ isMissing, onBack }: { readonly isMissing: boolean; readonly onBack: () => void }) {
  return (
    <Empty
      icon={<AlertIcon size={24} />}
      tone="bad"
      title={isMissing ? 'This conversation does not exist' : 'This conversation could not be read'}
      action={<Button onClick={onBack}>Back to the inbox</Button>}
    >
      {isMissing ? 'It may have been deleted, or the address is wrong.' : 'The server refused it. Try again in a moment.'}
    </Empty>
  );
}
