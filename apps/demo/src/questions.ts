interface Entry {
  readonly id: string;
  readonly question: string;
}

/** Shown as buttons that put the question into the chat. */
const SHOWN = ['return-window', 'track-order', 'repair-service', 'student-discount'];
const COUNT = 4;

export async function showQuestions(): Promise<void> {
  const list = document.querySelector('#questions');
  if (list === null) return;
  const entries = await loadEntries();
  const wanted = SHOWN.flatMap((id) => entries.filter((entry) => entry.id === id));
  const shown = [...wanted, ...entries.filter((entry) => !wanted.includes(entry))].slice(0, COUNT);
  list.replaceChildren(...shown.map(questionItem));
}

async function loadEntries(): Promise<readonly Entry[]> {
  try {
    const response = await fetch('/api/faq/public?locale=en');
    const body: { entries?: readonly Entry[] } = await response.json();
    return body.entries ?? [];
  } catch {
    return [];
  }
}

function questionItem({ question }: Entry): HTMLLIElement {
  const item = document.createElement('li');
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = question;
  button.addEventListener('click', () => {
    callWidget('open');
    callWidget('prefill', question);
  });
  item.append(button);
  return item;
}

/** The widget's one global. Before the loader has come there is nothing to open, and the button does nothing. */
function callWidget(command: string, ...args: readonly unknown[]): void {
  const widget: unknown = Reflect.get(window, 'Stepdown');
  if (typeof widget === 'function') widget(command, ...args);
}
