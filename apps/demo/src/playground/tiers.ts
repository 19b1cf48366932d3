/** What has to break for a tier to answer. */
const BROKEN: Readonly<Record<string, readonly string[]>> = { claude: [], gpt: ['claude'], faq: ['claude', 'gpt'] };

/** Lets visitors choose who answers, while the bundled simulator plays the providers. */
export async function offerTiers(): Promise<void> {
  const label = document.querySelector<HTMLElement>('#tier');
  const select = label?.querySelector('select');
  const note = document.querySelector('#tier-note');
  const state = await fetch('/api/simulator').catch(() => undefined);
  if (state?.ok !== true || label === null || select === null || select === undefined || note === null) return;
  const { providers }: { providers: Readonly<Record<string, { readonly mode: string }>> } = await state.json();
  const broken = ['claude', 'gpt'].filter((provider) => providers[provider]?.mode !== 'healthy');
  select.value = broken.includes('claude') ? (broken.includes('gpt') ? 'faq' : 'gpt') : 'claude';
  label.hidden = false;
  select.addEventListener('change', () => {
    void breakProviders(BROKEN[select.value] ?? []).then((isDone) => {
      note.textContent = isDone ? 'Shows with the next question.' : 'The remote control could not be reached. Is the server running?';
    });
  });
}

async function breakProviders(broken: readonly string[]): Promise<boolean> {
  const answers = await Promise.all(
    ['claude', 'gpt'].map((provider) =>
      fetch(`/api/simulator/${provider}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ mode: broken.includes(provider) ? 'overloaded' : 'healthy' }),
      }).then(
        (response) => response.ok,
        () => false,
      ),
    ),
  );
  return answers.every(Boolean);
}
