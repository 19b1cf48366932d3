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
import { downloadText, transcriptText } from './transcript.ts';
import { useContextPanel } from './use-context-panel.ts';
import { Viewers } from './viewers.tsx';

type Busy = 'taking' | 'returning' | 'closing';

export interface ConversationViewProps {
  readonly conversationId: string;
  readonly onBack: () => void;
  readonly onTaken: () => void;
}

/** The conversation in front of the agent. */
export function ConversationView({ conversationId, onBack, onTaken }: ConversationViewProps) {
  const client = useAgentClient();
  const desk = useAgent((snapshot) => snapshot.desk);
  const me = useMe();
  const { mayAnswer } = useRights();
  const context = useContextPanel();
  const moves = useMoves(conversationId, onTaken);
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
  return (
    <div className={styles.view} data-context={context.isShown || undefined}>
      <section className={styles.main} aria-label={`Conversation with ${visitorName(conversation)}`}>
        <ConversationHead
          conversation={conversation}
          holding={holding}
          busy={moves.busy}
          isContextShown={context.isShown}
          onContext={context.toggle}
          onBack={onBack}
          onReturn={moves.giveBack}
          onResolve={moves.close}
          onDownload={() => downloadText(`conversation-${conversation.id}.txt`, transcriptText(conversation, desk.messages))}
        />
        <MessageList key={conversationId} desk={desk} agentName={me.name} />
        <Viewers viewers={desk.viewers} />
        <Composer conversation={conversation} holding={holding} isTaking={moves.busy === 'taking'} onTake={moves.take} />
        <Announcer key={`said ${conversationId}`} messages={desk.messages} visitorName={visitorName(conversation)} />
      </section>
      {context.isShown && (
        <ContextPanel conversation={conversation} messageCount={desk.messages.filter(({ author }) => author !== 'system').length} />
      )}
    </div>
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
