interface Labelled {
  readonly label: string;
  readonly group: string;
}

/** Commands whose words begin with every typed word, the ones that begin with it themselves first. */
export function rankCommands<Item extends Labelled>(commands: readonly Item[], text: string): readonly Item[] {
  const wanted = wordsOf(text);
  if (wanted.length === 0) return commands;
  const fits = commands.filter((command) => {
    const words = wordsOf(`${command.label} ${command.group}`);
    return wanted.every((want) => words.some((word) => word.startsWith(want)));
  });
  const isFirst = (command: Item) => command.label.toLowerCase().startsWith(text.trim().toLowerCase());
  return [...fits.filter(isFirst), ...fits.filter((command) => !isFirst(command))];
}

function wordsOf(text: string): readonly string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}
