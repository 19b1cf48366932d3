import { type SimulatorClock, systemClock } from './clock.ts';
import { createControl, type SimulatorControl } from './control/control.ts';
import { createControlServer } from './control/control-server.ts';
import type { StatusPageId } from './control/status-page.ts';
import { createSocketSet, LOOPBACK, listen, stopListening } from './listen/tcp.ts';
import { createSeededRandom } from './provider/fault-book.ts';
import type { Pace } from './provider/plan-attempt.ts';
import type { RecordedRequest } from './provider/request-log.ts';
import { type Provider, type StartProviderOptions, startProvider } from './provider/start-provider.ts';
import type { ProviderId } from './providers.ts';

export interface SimulatorPorts {
  readonly claude?: number;
  readonly gpt?: number;
  readonly openModel?: number;
  readonly control?: number;
}

export interface SimulatorOptions {
  /** Default 0 for each: any free port. Always on 127.0.0.1. */
  readonly ports?: SimulatorPorts;
  readonly pace?: Partial<Pace>;
  readonly clock?: SimulatorClock;
  /** Keys that Claude and GPT accept. Default: every key that starts with `sim-`. */
  readonly apiKeys?: readonly string[];
  readonly acceptAnyKey?: boolean;
  /** Model names beyond the built-in ones. An open model server serves every name until this lists some. */
  readonly models?: { readonly [provider in ProviderId]?: readonly string[] };
  /** Longest prompt in characters before "context too long". Default 800,000, about 200,000 tokens. */
  readonly maxInputCharacters?: number;
  /** Seed of the random numbers that `share` is drawn from. Default 1. */
  readonly seed?: number;
}

export interface SimulatorUrls {
  /** Base URL for @anthropic-ai/sdk. */
  readonly claude: string;
  /** Base URL for openai, `/v1` included. */
  readonly gpt: string;
  readonly openModel: string;
  readonly control: string;
  /** Add `/api/v2/summary.json`. */
  readonly statusPages: { readonly [page in StatusPageId]: string };
}

export interface Simulator {
  readonly urls: SimulatorUrls;
  readonly control: SimulatorControl;
  requests(provider?: ProviderId): readonly RecordedRequest[];
  /** Drops every connection and frees the ports; nothing is left running. */
  close(): Promise<void>;
}

/** Source of the pace: a small hosted model on a good day. */
const DEFAULT_PACE: Pace = { firstTokenMs: 250, tokenGapMs: 25 };
const DEFAULT_MAX_INPUT_CHARACTERS = 800_000;

/**
 * Starts simulated Claude, GPT and open-model servers with their remote control on loopback.
 * Rejects when a given port is taken.
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const { ports = {}, clock = systemClock, seed = 1 } = options;
  const startPace = { ...DEFAULT_PACE, ...options.pace };
  const pace = { current: startPace };
  let random = createSeededRandom(seed);
  const shared = { clock, pace, random: () => random() };
  const providers = await startProviders((provider, port) => startProvider(providerOptions(provider, port, shared, options)), ports);
  const reseed = () => {
    random = createSeededRandom(seed);
  };
  const control = createControl({ providers, pace, startPace, reseed });
  const controlServer = createControlServer({ control, now: () => clock.now() });
  const sockets = createSocketSet();
  sockets.watch(controlServer);
  const close = async () => {
    for (const { server } of Object.values(providers)) server.close();
    stopListening(controlServer);
    sockets.destroyAll();
  };
  const controlPort = await listen(controlServer, ports.control ?? 0).catch(async (cause) => {
    await close();
    throw cause;
  });
  return { urls: urlsOf(providers, `http://${LOOPBACK}:${controlPort}`), control, requests: control.requests, close };
}

type Providers = { readonly [provider in ProviderId]: Provider };

/** All three or none: when a port is taken, those already started are closed again. */
async function startProviders(start: (provider: ProviderId, port: number) => Promise<Provider>, ports: SimulatorPorts): Promise<Providers> {
  const started = await Promise.allSettled([
    start('claude', ports.claude ?? 0),
    start('gpt', ports.gpt ?? 0),
    start('open-model', ports.openModel ?? 0),
  ]);
  const [claude, gpt, openModel] = started.map((result) => (result.status === 'fulfilled' ? result.value : null));
  if (claude && gpt && openModel) return { claude, gpt, 'open-model': openModel };
  for (const provider of [claude, gpt, openModel]) provider?.server.close();
  throw started.find((result) => result.status === 'rejected')?.reason;
}

type Shared = Pick<StartProviderOptions, 'clock' | 'pace' | 'random'>;

function providerOptions(provider: ProviderId, port: number, shared: Shared, options: SimulatorOptions): StartProviderOptions {
  return {
    ...shared,
    provider,
    port,
    isKeyAccepted: keyCheck(provider, options),
    extraModels: options.models?.[provider] ?? [],
    maxInputCharacters: options.maxInputCharacters ?? DEFAULT_MAX_INPUT_CHARACTERS,
  };
}

/** Servers for open models run without keys as a rule. */
function keyCheck(provider: ProviderId, { apiKeys, acceptAnyKey }: SimulatorOptions): (key: string) => boolean {
  if (acceptAnyKey || provider === 'open-model') return () => true;
  return (key) => (apiKeys === undefined ? key.startsWith('sim-') : apiKeys.includes(key));
}

function urlsOf(providers: Providers, control: string): SimulatorUrls {
  const page = (id: StatusPageId) => `${control}/statuspage/${id}`;
  return {
    claude: providers.claude.baseUrl,
    gpt: providers.gpt.baseUrl,
    openModel: providers['open-model'].baseUrl,
    control,
    statusPages: { claude: page('claude'), openai: page('openai'), 'openai-incident-io': page('openai-incident-io') },
  };
}
