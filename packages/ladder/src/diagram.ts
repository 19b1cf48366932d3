import type { AnyStateMachine, AnyStateNode } from 'xstate';

interface Arrow {
  /** The state whose braces the arrow stands in. */
  readonly scope: AnyStateNode;
  readonly from: string;
  readonly to: string;
  readonly label: string;
}

/** Named guards are strings or `{ type }`; anything else has no name to show. */
function guardName(guard: unknown): string | undefined {
  if (typeof guard === 'string') return guard;
  const isNamed = typeof guard === 'object' && guard !== null && 'type' in guard && typeof guard.type === 'string';
  return isNamed ? String(guard.type) : undefined;
}

/** `xstate.after.probeLost.route.probing.asking` → `after probeLost`; automatic transitions have no event. */
function eventName(eventType: string): string {
  const delay = /^xstate\.after\.([^.]+)\./.exec(eventType)?.[1];
  return delay === undefined ? eventType : `after ${delay}`;
}

function labelOf(eventType: string, guard: unknown): string {
  const name = guardName(guard);
  return [eventName(eventType), name === undefined ? '' : `[${name}]`].filter((part) => part !== '').join(' ');
}

function nodeName(node: AnyStateNode): string {
  return node.path.join('_');
}

/** Stands for every state inside a composite one, where all of them have the same way out. */
function anyName(node: AnyStateNode): string {
  return [...node.path, 'any'].join('_');
}

function ancestors(node: AnyStateNode): AnyStateNode[] {
  return node.parent === undefined ? [] : [...ancestors(node.parent), node.parent];
}

/** Mermaid draws no arrow across the border of a composite state, so both ends are lifted to the level they share. */
function arrowBetween(from: AnyStateNode, to: AnyStateNode, label: string): Arrow | undefined {
  const fromLine = [...ancestors(from), from];
  const toLine = [...ancestors(to), to];
  const shared = fromLine.filter((node) => toLine.includes(node));
  const scope = shared.at(-1);
  // Staying where one is, or starting a composite state anew, needs no arrow.
  if (scope === undefined || scope === to) return undefined;
  const target = toLine[shared.length];
  const source = fromLine[shared.length];
  if (target === undefined) return undefined;
  return { scope, from: source === undefined ? anyName(scope) : nodeName(source), to: nodeName(target), label };
}

function arrowsOf(node: AnyStateNode): Arrow[] {
  const taken = [
    ...[...node.transitions].flatMap(([eventType, transitions]) => transitions.map((transition) => ({ eventType, transition }))),
    ...(node.always ?? []).map((transition) => ({ eventType: '', transition })),
  ];
  return taken.flatMap(({ eventType, transition }) =>
    (transition.target ?? []).flatMap((target: AnyStateNode) => arrowBetween(node, target, labelOf(eventType, transition.guard)) ?? []),
  );
}

/** One arrow for all events that lead from one state to the same other one. */
function merge(arrows: readonly Arrow[]): Arrow[] {
  const merged = new Map<string, Arrow & { readonly labels: ReadonlySet<string> }>();
  for (const arrow of arrows) {
    const key = `${arrow.from} ${arrow.to}`;
    const labels = new Set([...(merged.get(key)?.labels ?? []), arrow.label].filter((label) => label !== ''));
    merged.set(key, { ...arrow, labels, label: [...labels].join(', ') });
  }
  return [...merged.values()];
}

/** Where a state begins. `starting` takes back what was remembered: its branches are the ways in. */
function startTargets(node: AnyStateNode): Set<string> {
  const first = node.initial?.target?.[0];
  if (first === undefined) return new Set();
  if (first.key !== 'starting') return new Set([nodeName(first)]);
  const depth = node.path.length + 1;
  const ways = (first.always ?? []).flatMap((transition) =>
    (transition.target ?? []).map((target: AnyStateNode) => target.path.slice(0, depth).join('_')),
  );
  return new Set(ways);
}

function linesInside(node: AnyStateNode, arrows: readonly Arrow[], indent: string): string[] {
  const own = arrows.filter((arrow) => arrow.scope === node);
  const children = Object.values<AnyStateNode>(node.states).filter((child) => child.key !== 'starting');
  return [
    ...(own.some((arrow) => arrow.from === anyName(node)) ? [`${indent}state "any" as ${anyName(node)}`] : []),
    ...children.flatMap((child) => stateLines(child, arrows, indent)),
    ...[...startTargets(node)].map((target) => `${indent}[*] --> ${target}`),
    ...own.map((arrow) => `${indent}${arrow.from} --> ${arrow.to}${arrow.label === '' ? '' : ` : ${arrow.label}`}`),
  ];
}

function stateLines(node: AnyStateNode, arrows: readonly Arrow[], indent: string): string[] {
  const line = `${indent}state "${node.key}" as ${nodeName(node)}`;
  if (Object.keys(node.states).length === 0) return [line];
  return [`${line} {`, ...linesInside(node, arrows, `${indent}  `), `${indent}}`];
}

function descendants(node: AnyStateNode): AnyStateNode[] {
  return [node, ...Object.values<AnyStateNode>(node.states).flatMap(descendants)];
}

/** Draws a machine as a Mermaid state diagram, from the machine itself, so that a drawing can't be out of date. */
export function mermaidOf(machine: AnyStateMachine): string {
  const root: AnyStateNode = machine.root;
  const nodes = descendants(root).filter((node) => node.key !== 'starting');
  return ['stateDiagram-v2', ...linesInside(root, merge(nodes.flatMap(arrowsOf)), '  ')].join('\n');
}
