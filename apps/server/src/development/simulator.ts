import { type Simulator, startSimulator } from '@stepdown/simulator';
import type { ServerConfig } from '../config.ts';

const KEY = 'sim-development';

export interface Simulated {
  readonly config: ServerConfig;
  readonly simulator: Simulator | undefined;
}

/** The development switch: with no provider configured on a developer's machine, bundled simulators answer. */
export async function withSimulator(config: ServerConfig): Promise<Simulated> {
  if (!config.isSimulated) return { config, simulator: undefined };
  const simulator = await startSimulator();
  return {
    simulator,
    config: {
      ...config,
      claude: { ...config.claude, apiKey: KEY, baseUrl: simulator.urls.claude },
      gpt: { ...config.gpt, apiKey: KEY, baseUrl: simulator.urls.gpt },
    },
  };
}
