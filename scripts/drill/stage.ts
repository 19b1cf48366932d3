import type { Fault } from '@stepdown/simulator';
import { breakProvider } from '../../test/support/faults.ts';
import { startServer } from '../../test/support/server.ts';
import type { DrillProvider } from './scenarios.ts';

/** A server whose providers can be broken. */
export interface DrillStage {
  readonly url: string;
  set(provider: DrillProvider, fault: Fault): Promise<void>;
  /** Every provider well again. */
  heal(): Promise<void>;
  tiers(): Promise<TierStates>;
  close(): Promise<void>;
}

export interface TierStates {
  readonly tier: string;
  /** State of each model by `tier:model`. */
  readonly models: ReadonlyMap<string, string>;
}

/** An own simulated server, or the running one at `url`. @throws when that one is not simulated. */
export async function openStage(url: string | undefined): Promise<DrillStage> {
  if (url === undefined) {
    const server = await startServer();
    return stageAt(server.url, async () => void (await server.stop()));
  }
  const base = url.replace(/\/+$/, '');
  const found = await fetch(`${base}/api/simulator`).catch(() => undefined);
  if (found?.ok !== true) {
    throw new Error(
      `${base} is no simulated server: drills break the bundled simulator only. Start one without provider keys, or leave --url away. On a real server use the drills of the console.`,
    );
  }
  return stageAt(base, async () => undefined);
}

function stageAt(url: string, close: () => Promise<void>): DrillStage {
  const heal = async (): Promise<void> => {
    for (const provider of ['claude', 'gpt', 'open-model'] as const) await breakProvider(url, provider, { mode: 'healthy' });
  };
  return { url, set: (provider, fault) => breakProvider(url, provider, fault), heal, tiers: () => readTiers(url), close };
}

interface StatusBody {
  readonly tier: string;
  readonly tiers: readonly { readonly id: string; readonly models: readonly { readonly id: string; readonly state: string }[] }[];
}

async function readTiers(url: string): Promise<TierStates> {
  const body = asStatus(await (await fetch(`${url}/api/status`)).json());
  return {
    tier: body.tier,
    models: new Map(body.tiers.flatMap(({ id, models }) => models.map((model) => [`${id}:${model.id}`, model.state] as const))),
  };
}

/** Guaranteed by the public contract of `/api/status`. */
function asStatus(body: unknown): StatusBody {
  return body as StatusBody;
}
