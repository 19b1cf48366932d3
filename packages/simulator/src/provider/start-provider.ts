import type { SimulatorClock } from '../clock.ts';
import { LOOPBACK } from '../listen/tcp.ts';
import type { ProviderId } from '../providers.ts';
import { createModelShelf } from '../wire/models.ts';
import { createFaultBook, type FaultBook } from './fault-book.ts';
import type { Pace } from './plan-attempt.ts';
import { type ProviderServer, startProviderServer } from './provider-server.ts';
import { createRateMeter } from './rate-limit-headers.ts';
import { createRequestLog, type RequestLog } from './request-log.ts';
import { createResponder } from './responder.ts';

/** One simulated provider with what the control needs of it. */
export interface Provider {
  readonly server: ProviderServer;
  readonly faults: FaultBook;
  readonly log: RequestLog;
  /** What an SDK takes as its base URL. */
  readonly baseUrl: string;
}

export interface StartProviderOptions {
  readonly provider: ProviderId;
  readonly port: number;
  readonly clock: SimulatorClock;
  readonly pace: { current: Pace };
  readonly random: () => number;
  readonly isKeyAccepted: (key: string) => boolean;
  readonly extraModels: readonly string[];
  readonly maxInputCharacters: number;
}

export async function startProvider(options: StartProviderOptions): Promise<Provider> {
  const { provider, port, clock, pace, isKeyAccepted, maxInputCharacters } = options;
  const now = () => clock.now();
  const faults = createFaultBook(options.random);
  const log = createRequestLog();
  const models = createModelShelf(provider, options.extraModels, now);
  const meter = createRateMeter();
  const respond = createResponder({ provider, faults, models, meter, isKeyAccepted, maxInputCharacters, now, pace: () => pace.current });
  const server = await startProviderServer({ provider, port, clock, log, respond, nextRequestId: requestIds(provider) });
  const origin = `http://${LOOPBACK}:${server.port}`;
  // The OpenAI SDK appends `/responses`, Anthropic's appends `/v1/messages`.
  return { server, faults, log, baseUrl: provider === 'claude' ? origin : `${origin}/v1` };
}

function requestIds(provider: ProviderId): () => string {
  const prefix = { claude: 'req_011SIM', gpt: 'req_SIM', 'open-model': 'req_LOCAL' }[provider];
  let count = 0;
  return () => {
    count += 1;
    return `${prefix}${String(count).padStart(8, '0')}`;
  };
}
