import { type ChildProcess, spawn } from 'node:child_process';
import type { Fault, RecordedRequest, SimulatorUrls } from '@stepdown/simulator';
import { root } from '../../support/server.ts';

export interface ProviderProcess {
  readonly urls: SimulatorUrls;
  set(provider: 'claude' | 'gpt', fault: Fault): Promise<void>;
  requests(provider: 'claude' | 'gpt'): Promise<readonly RecordedRequest[]>;
  reset(): Promise<void>;
  setPace(pace: Pace): Promise<void>;
  stop(): void;
}

export interface Pace {
  readonly firstTokenMs: number;
  readonly tokenGapMs: number;
}

/** Simulated providers in a process of their own, so that what they cost is not charged to whom they serve. */
export async function startProviders({ firstTokenMs, tokenGapMs }: Pace): Promise<ProviderProcess> {
  const program = ['packages/simulator/src/main.ts', '--first-token-ms', String(firstTokenMs), '--token-gap-ms', String(tokenGapMs)];
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...program], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  process.once('exit', () => child.kill());
  const urls = await urlsOf(child);
  async function call(method: string, name: string, body?: object): Promise<unknown> {
    const response = await fetch(`${urls.control}/control/${name}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`The simulator refused ${name}: ${await response.text()}`);
    return response.json();
  }
  return {
    urls,
    set: async (provider, fault) => void (await call('PUT', provider, fault)),
    requests: async (provider) => recorded(await call('GET', `requests?provider=${provider}`)),
    reset: async () => void (await call('POST', 'reset')),
    setPace: async (pace) => void (await call('PUT', 'pace', pace)),
    stop: () => void child.kill(),
  };
}

/** Guaranteed by the simulator's control (SPEC S26). */
function recorded(body: unknown): readonly RecordedRequest[] {
  return body as readonly RecordedRequest[];
}

function urlsOf(child: ChildProcess): Promise<SimulatorUrls> {
  let output = '';
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The simulator ended with ${code}`)));
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (/\n}\n?$/.test(output)) resolve(JSON.parse(output));
    });
  });
}
