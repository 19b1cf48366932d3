import { type ModelLifecycle, type ModelStanding, type StatusPage, startModelLifecycle, startStatusPages } from '@stepdown/health';
import type { Clock, Log, Random, TierId } from '@stepdown/kernel';
import type { Simulator } from '@stepdown/simulator';
import { checkModel } from '@stepdown/tiers';
import type { ProviderConfig, ServerConfig } from './config.ts';
import type { ModelRoute } from './routes-config.ts';

export interface ProviderWatchPorts {
  readonly config: ServerConfig;
  readonly simulator: Simulator | undefined;
  readonly routes: readonly ModelRoute[];
  readonly suspect: (tier: TierId, reason: string | undefined) => void;
  readonly warn: (warning: { readonly routeId: string; readonly detail: string }) => void;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

export interface ProviderWatch {
  readonly models: Pick<ModelLifecycle, 'warnings'>;
  stop(): void;
}

/** Reads what providers say about themselves: status pages (suspicion only) and the end of a model's life. */
export function watchProviders(ports: ProviderWatchPorts): ProviderWatch {
  const { config, routes, clock, random, log } = ports;
  const stopPages = startStatusPages({
    clock,
    random,
    log,
    pages: statusPages(ports),
    fetchJson: async (url, signal) => (await fetch(url, { signal, redirect: 'error' })).json(),
    report: ({ tier, reason }) => ports.suspect(tier, reason),
  });
  const models = startModelLifecycle({
    clock,
    random,
    log,
    models: routes.map(({ descriptor }) => ({ routeId: descriptor.id, model: descriptor.model })),
    check: (watched, signal) => standingOf(config, routes, watched.routeId, signal),
    warn: ports.warn,
  });
  return {
    models,
    stop() {
      stopPages();
      models.stop();
    },
  };
}

/** The API components, not the chat sites: on 2–3 March 2026 those told two different stories. */
const PAGES: Readonly<Record<'claude' | 'gpt', StatusPage>> = {
  claude: { tier: 'claude', url: 'https://status.claude.com/api/v2/summary.json', components: ['Claude API'] },
  gpt: { tier: 'gpt', url: 'https://status.openai.com/api/v2/summary.json', components: ['Responses', 'Chat Completions'] },
};

function statusPages({ config, simulator, routes }: ProviderWatchPorts): StatusPage[] {
  if (!config.readsStatusPages) return [];
  const used = new Set(routes.map(({ descriptor }) => descriptor.tier));
  const pages = simulator === undefined ? PAGES : simulatedPages(simulator);
  return [pages.claude, pages.gpt].filter((page) => used.has(page.tier === 'claude' ? 'claude' : 'gpt'));
}

function simulatedPages({ urls }: Simulator): typeof PAGES {
  return {
    claude: { ...PAGES.claude, url: `${urls.statusPages.claude}/api/v2/summary.json` },
    gpt: { ...PAGES.gpt, url: `${urls.statusPages.openai}/api/v2/summary.json` },
  };
}

async function standingOf(
  config: ServerConfig,
  routes: readonly ModelRoute[],
  routeId: string,
  signal: AbortSignal,
): Promise<ModelStanding> {
  const route = routes.find(({ descriptor }) => descriptor.id === routeId)?.descriptor;
  const provider = route === undefined ? undefined : providerOf(config, route.tier);
  if (route === undefined || provider?.baseUrl === undefined) throw new Error(`The route ${routeId} is not configured.`);
  const { connectMs, headersMs } = config.policy;
  const check = await checkModel(
    route.tier,
    { apiKey: provider.apiKey ?? '', baseUrl: provider.baseUrl, model: route.model, connectMs, headersMs },
    signal,
  );
  switch (check.state) {
    case 'ok':
      return { kind: 'known' };
    case 'retiring':
      return { kind: 'known', ...(check.retiresAt === undefined ? {} : { retiresAt: check.retiresAt }) };
    case 'missing':
      return { kind: 'missing' };
    case 'auth':
    case 'unknown':
      throw new Error(`The provider said nothing about ${route.model}: ${check.failure.detail}`);
  }
}

function providerOf(config: ServerConfig, tier: 'claude' | 'gpt' | 'open-model'): ProviderConfig {
  if (tier === 'claude') return config.claude;
  return tier === 'gpt' ? config.gpt : config.openModel;
}
