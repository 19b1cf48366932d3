import { type Simulator, type SimulatorOptions, startSimulator } from '@stepdown/simulator';
import { startServer, type TestServer } from '../../support/server.ts';
import { BEHIND_PROXY } from './proxy-address.ts';

/** Keys that the simulator accepts and that no answer, page, event or log may ever show. */
export const KEYS = { claude: 'sim-claude-4f1d9c7b2e', gpt: 'sim-gpt-83a6d05e1c', openModel: 'sim-open-77b0c2f9aa' } as const;
export const IDENTITY_SECRET = 'identity-secret-5b1f7c93d2e84a60';

export interface SimulatedServer {
  readonly server: TestServer;
  /** In this process, so that a test reads the very requests. */
  readonly simulator: Simulator;
  stop(): Promise<void>;
}

export interface SimulatedOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly tiers?: readonly ('claude' | 'gpt' | 'open-model')[];
  readonly pace?: SimulatorOptions['pace'];
}

/** The program with keys and addresses of its own, as in production; the addresses are simulated providers. */
export async function startSimulated({ env, tiers = ['claude', 'gpt'], pace }: SimulatedOptions = {}): Promise<SimulatedServer> {
  const simulator = await startSimulator({ pace: { firstTokenMs: 20, tokenGapMs: 1, ...pace } });
  const variables = {
    claude: { ANTHROPIC_API_KEY: KEYS.claude, STEPDOWN_CLAUDE_BASE_URL: simulator.urls.claude },
    gpt: { OPENAI_API_KEY: KEYS.gpt, STEPDOWN_GPT_BASE_URL: simulator.urls.gpt },
    'open-model': {
      STEPDOWN_OPEN_MODEL_BASE_URL: simulator.urls.openModel,
      STEPDOWN_OPEN_MODEL_API_KEY: KEYS.openModel,
      STEPDOWN_OPEN_MODELS: 'qwen3-32b',
    },
  };
  const chosen = Object.assign({}, ...tiers.map((tier) => variables[tier]));
  const server = await startServer({ env: { ...BEHIND_PROXY, STEPDOWN_IDENTITY_SECRET: IDENTITY_SECRET, ...chosen, ...env } });
  return {
    server,
    simulator,
    async stop() {
      await server.stop();
      await simulator.close();
    },
  };
}
