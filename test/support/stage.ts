import type { InboxPage, Tier } from '@stepdown/protocol';
import type { Simulator } from '@stepdown/simulator';
import type { Socket } from 'socket.io-client';
import { type AgentAccess, call, openConsole, setUpAdmin } from '../security/support/agents.ts';
import { startSimulated } from '../security/support/simulated-server.ts';
import { quickRecovery } from './quick-recovery.ts';
import type { TestServer } from './server.ts';

/** A server with all three models, and an agent who decides which tier answers. */
export interface Stage {
  readonly server: TestServer;
  readonly simulator: Simulator;
  readonly agent: Socket;
  readonly admin: AgentAccess;
  /** Pins the tier, as an operator does on the console. */
  force(tier: Tier): Promise<void>;
  /** The agent takes the conversation that has waited longest and says this. */
  answerAsPerson(text: string): Promise<void>;
  stop(): Promise<void>;
}

export interface StageOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Contents of the configuration file. */
  readonly config?: object;
}

export async function startStage(options: StageOptions = {}): Promise<Stage> {
  // Nothing of a test asks the real providers how they are.
  const env = { ...quickRecovery({ statusPages: false, ...options.config }), ...options.env };
  const pace = { firstTokenMs: 60, tokenGapMs: 15 };
  const { server, simulator, stop } = await startSimulated({ env, pace, tiers: ['claude', 'gpt', 'open-model'] });
  const admin = await setUpAdmin(server);
  const agent = await openConsole(server, admin);
  const command = async (name: string, payload: object): Promise<void> => {
    const answer = await agent.timeout(5_000).emitWithAck(name, payload);
    if (!answer.ok) throw new Error(`${name}: ${answer.error.message}`);
  };
  return {
    server,
    simulator,
    agent,
    admin,
    force: (tier) => command('tier:force', { tier, reason: 'browser test', forMs: 600_000 }),
    async answerAsPerson(text) {
      const page: InboxPage = await (await call(server, 'GET', '/api/agent/inbox?view=queue', { as: admin })).json();
      const conversationId = page.conversations[0]?.id ?? '';
      await command('conversation:take', { conversationId });
      await command('message:send', { conversationId, clientMessageId: `stage-${conversationId}`, text });
    },
    async stop() {
      agent.close();
      await stop();
    },
  };
}
