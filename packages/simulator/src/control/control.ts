import { type Fault, type FaultMode, readFault } from '../provider/fault.ts';
import type { FaultState } from '../provider/fault-book.ts';
import type { Pace } from '../provider/plan-attempt.ts';
import type { RecordedRequest } from '../provider/request-log.ts';
import type { Provider } from '../provider/start-provider.ts';
import { PROVIDERS, type ProviderId } from '../providers.ts';
import { ALL_GREEN, changeStatusPage, STATUS_PAGES, type StatusPageId, type StatusPageState } from './status-page.ts';

export interface ProviderState {
  readonly mode: FaultMode;
  readonly faults: readonly FaultState[];
  readonly isListening: boolean;
  readonly inFlightCount: number;
  readonly requestCount: number;
  readonly baseUrl: string;
}

export interface SimulatorState {
  readonly providers: { readonly [provider in ProviderId]: ProviderState };
  readonly statusPages: { readonly [page in StatusPageId]: StatusPageState };
  readonly pace: Pace;
}

/** The remote control. The same functions answer over HTTP. */
export interface SimulatorControl {
  state(): SimulatorState;
  /**
   * Replaces the faults of a provider; with several, the first whose conditions hold applies to a request.
   * @throws RangeError for a fault that can't be played, naming the field.
   */
  set(provider: ProviderId, faults: Fault | readonly Fault[]): Promise<void>;
  /** Changes the pace of answers from now on. Milliseconds, 0 and up. */
  setPace(pace: Partial<Pace>): void;
  setStatusPage(page: StatusPageId, change: Partial<StatusPageState>): void;
  requests(provider?: ProviderId): readonly RecordedRequest[];
  /** Everything healthy, green and forgotten; shares are drawn anew from the seed. Answers in flight go on. */
  reset(): Promise<void>;
}

export interface ControlOptions {
  readonly providers: { readonly [provider in ProviderId]: Provider };
  readonly pace: { current: Pace };
  readonly startPace: Pace;
  readonly reseed: () => void;
}

export function createControl({ providers, pace, startPace, reseed }: ControlOptions): SimulatorControl {
  const pages = new Map<StatusPageId, StatusPageState>();
  const pageOf = (page: StatusPageId) => pages.get(page) ?? ALL_GREEN;
  return {
    state: () => ({
      providers: { claude: stateOf(providers.claude), gpt: stateOf(providers.gpt), 'open-model': stateOf(providers['open-model']) },
      statusPages: { claude: pageOf('claude'), openai: pageOf('openai'), 'openai-incident-io': pageOf('openai-incident-io') },
      pace: pace.current,
    }),
    set: async (provider, faults) => {
      const list: readonly unknown[] = Array.isArray(faults) ? faults : [faults];
      await apply(providers[provider], list.map(readFault));
    },
    setPace: (change) => {
      pace.current = readPace({ ...pace.current, ...change });
    },
    setStatusPage: (page, change) => pages.set(page, changeStatusPage(page, pageOf(page), change)),
    requests: (provider) => PROVIDERS.filter((id) => provider === undefined || id === provider).flatMap((id) => providers[id].log.list()),
    reset: async () => {
      for (const id of PROVIDERS) {
        await apply(providers[id], []);
        providers[id].log.clear();
      }
      for (const page of STATUS_PAGES) pages.delete(page);
      pace.current = startPace;
      reseed();
    },
  };
}

function stateOf({ faults, server, log, baseUrl }: Provider): ProviderState {
  return {
    mode: server.isListening() ? faults.mode() : 'refused',
    faults: faults.state(),
    isListening: server.isListening(),
    inFlightCount: server.inFlightCount(),
    requestCount: log.list().length,
    baseUrl,
  };
}

async function apply({ faults, server }: Provider, list: readonly Fault[]): Promise<void> {
  faults.set(list);
  for (const fault of list) if (fault.interruptInFlight) server.interrupt(fault);
  if (list.some((fault) => fault.mode === 'refused')) await server.shut();
  else await server.reopen();
}

function readPace(pace: Pace): Pace {
  for (const [name, value] of Object.entries(pace)) {
    if (typeof value !== 'number' || !(value >= 0)) throw new RangeError(`${name} must be milliseconds from 0 up, not ${String(value)}`);
  }
  return { firstTokenMs: pace.firstTokenMs, tokenGapMs: pace.tokenGapMs };
}
