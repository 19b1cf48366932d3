import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { AnyStateMachine } from 'xstate';
import { mermaidOf } from './diagram.ts';
import { ladderMachine } from './ladder-machine.ts';
import { DEFAULT_POLICY } from './policy.ts';
import { routeMachine } from './route-machine.ts';
import { saturationMachine } from './saturation-machine.ts';

const page = readFileSync(new URL('../../../docs/ladder.md', import.meta.url), 'utf8');

function diagramIn(name: string): string | undefined {
  return new RegExp(`<!-- diagram: ${name} -->\n\`\`\`mermaid\n([\\s\\S]*?)\n\`\`\``).exec(page)?.[1];
}

/** As the table writes a default: `300 ms`, `8 s`, `5 min`, `24 h`, `7 days`, `10 %`, `2,000`. */
function words(key: string, value: number): string {
  if (key.endsWith('Ratio') || key.endsWith('Share')) return `${Math.round(value * 100)} %`;
  if (!key.endsWith('Ms')) return value.toLocaleString('en-US');
  if (value < 1_000) return `${value} ms`;
  if (value < 120_000) return `${value / 1_000} s`;
  if (value < 7_200_000) return `${value / 60_000} min`;
  return value < 172_800_000 ? `${value / 3_600_000} h` : `${value / 86_400_000} days`;
}

describe('docs/ladder.md', () => {
  const machines: readonly (readonly [string, AnyStateMachine])[] = [
    ['route', routeMachine],
    ['ladder', ladderMachine],
    ['saturation', saturationMachine],
  ];

  it.each(machines)('[L39] draws the %s machine as it is', (name, machine) => {
    expect(diagramIn(name)).toBe(mermaidOf(machine));
  });

  it.each(Object.entries(DEFAULT_POLICY))('[L39] names %s with its default, %d', (key, value) => {
    expect(page).toContain(`| \`${key}\` | ${words(key, value)} |`);
  });
});
