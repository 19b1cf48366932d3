interface SimulatorState {
  readonly providers: Readonly<Record<string, { readonly mode: string }>>;
}

interface Status {
  readonly tier: string;
  readonly cause: string;
}

/** What an operator can do to a simulated provider, in the words of an outage. */
const FAULTS: Readonly<Record<string, { readonly label: string; readonly fault: object }>> = {
  healthy: { label: 'Healthy', fault: { mode: 'healthy' } },
  refused: { label: 'Refuses connections', fault: { mode: 'refused' } },
  overloaded: { label: 'Overloaded (529)', fault: { mode: 'overloaded' } },
  silent: { label: 'Silent: accepts, says nothing', fault: { mode: 'silent' } },
  slow: { label: 'Slow: first word after 20 s', fault: { mode: 'slow' } },
  cut: { label: 'Cut mid-answer', fault: { mode: 'cut', afterTokens: 8, interruptInFlight: true } },
  'bad-key': { label: 'Rejects the key (401)', fault: { mode: 'bad-key' } },
};

const PROVIDERS: Readonly<Record<string, string>> = { claude: 'Claude', gpt: 'GPT' };
const TIER_NAMES: Readonly<Record<string, string>> = {
  claude: 'Claude',
  gpt: 'GPT',
  'open-model': 'open model',
  faq: 'the FAQ',
  handoff: 'a person',
};
const POLL_MS = 1_000;

/** Shows the remote control while the bundled simulator answers; a real provider can't be switched off from here. */
export async function startRemoteControl(): Promise<void> {
  const panel = document.querySelector<HTMLElement>('#remote');
  const state = await read<SimulatorState>('/api/simulator');
  if (panel === null || state === undefined) return;
  const tier = document.createElement('output');
  const cause = document.createElement('span');
  const error = document.createElement('p');
  error.className = 'error';
  error.setAttribute('role', 'alert');
  panel.append(...controls(state, tier, cause, error));
  panel.hidden = false;
  const refresh = async (): Promise<void> => {
    const status = await read<Status>('/api/status');
    tier.textContent = status === undefined ? 'server unreachable' : (TIER_NAMES[status.tier] ?? status.tier);
    tier.dataset.tier = status?.tier ?? 'handoff';
    cause.textContent = status?.cause ?? '';
    setTimeout(() => void refresh(), POLL_MS);
  };
  await refresh();
}

function controls(state: SimulatorState, tier: HTMLOutputElement, cause: HTMLElement, error: HTMLElement): HTMLElement[] {
  const title = document.createElement('h2');
  title.id = 'remote-title';
  title.textContent = 'Outage remote control';
  const now = document.createElement('p');
  now.append('Simulated providers. Now answering: ', tier, '. ', cause);
  const selects = Object.entries(PROVIDERS).map(([id, name]) => providerSelect(id, name, state.providers[id]?.mode ?? 'healthy', error));
  const heal = document.createElement('button');
  heal.type = 'button';
  heal.textContent = 'Heal both';
  heal.addEventListener('click', () => {
    for (const { select } of selects) {
      select.value = 'healthy';
      select.dispatchEvent(new Event('change'));
    }
  });
  return [title, ...selects.map(({ label }) => label), heal, now, error];
}

function providerSelect(
  id: string,
  name: string,
  mode: string,
  error: HTMLElement,
): { label: HTMLLabelElement; select: HTMLSelectElement } {
  const label = document.createElement('label');
  const select = document.createElement('select');
  for (const [value, fault] of Object.entries(FAULTS)) select.append(new Option(fault.label, value, value === 'healthy', value === mode));
  select.addEventListener('change', () => void change(id, select.value, error));
  label.append(name, select);
  return { label, select };
}

async function change(provider: string, name: string, error: HTMLElement): Promise<void> {
  const response = await fetch(`/api/simulator/${provider}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(FAULTS[name]?.fault ?? {}),
  }).catch(() => undefined);
  error.textContent = response?.ok === true ? '' : 'The remote control could not be reached. Is the server running?';
}

async function read<Value>(address: string): Promise<Value | undefined> {
  try {
    const response = await fetch(address);
    return response.ok ? await response.json() : undefined;
  } catch {
    return undefined;
  }
}
