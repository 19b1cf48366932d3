import type { Agent } from './handoff.ts';

const WORD = /[\p{L}\p{N}_-]/u;

/**
 * Agents named with `@` in a note: by full name, or by first name where only one of the team has it. Case does not
 * matter; a longer name wins over a shorter one that it begins with.
 */
export function mentionsIn(text: string, team: readonly Agent[]): readonly Agent[] {
  const plain = text.toLowerCase();
  const names = callNames(team);
  const found = new Set<Agent>();
  for (let at = plain.indexOf('@'); at !== -1; at = plain.indexOf('@', at + 1)) {
    // The @ of an e-mail address calls nobody.
    if (at > 0 && WORD.test(plain.charAt(at - 1))) continue;
    const named = names.find(({ name }) => plain.startsWith(name, at + 1) && !WORD.test(plain.charAt(at + 1 + name.length)));
    if (named !== undefined) found.add(named.agent);
  }
  return [...found];
}

function callNames(team: readonly Agent[]): readonly { readonly name: string; readonly agent: Agent }[] {
  const full = team.map((agent) => ({ name: agent.name.toLowerCase(), agent }));
  const first = full.map(({ name, agent }) => ({ name: name.split(/\s/)[0] ?? name, agent }));
  const unique = first.filter(({ name }) => first.filter((other) => other.name === name).length === 1);
  return [...full, ...unique].filter(({ name }) => name !== '').sort((left, right) => right.name.length - left.name.length);
}
