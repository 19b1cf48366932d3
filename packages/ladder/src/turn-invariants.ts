import type { RouteId } from '@stepdown/kernel';
import { OUTCOMES } from './outcome.ts';
import type { Scene, SourceScript, stage } from './turn-testing.ts';
import type { TurnEffect } from './types.ts';

type Run = ReturnType<typeof stage>;
type Of<Type extends TurnEffect['type']> = Extract<TurnEffect, { type: Type }>;

const of = <Type extends TurnEffect['type']>(effects: readonly TurnEffect[], type: Type): Of<Type>[] =>
  effects.filter((effect): effect is Of<Type> => effect.type === type);

/** Everything a script would show if it were heard to its first end. */
export function fullText({ steps }: SourceScript): string {
  const stop = steps.findIndex((step) => !('event' in step) || step.event.type === 'end');
  return steps
    .slice(0, stop === -1 ? steps.length : stop)
    .map((step) => ('event' in step && step.event.type === 'delta' ? step.event.text : ''))
    .join('');
}

/** What must hold of every turn, whatever its sources did. Returns the broken promises in words; none = []. */
export function brokenPromises(scene: Scene, run: Run): string[] {
  return [...brokenEnd(run), ...brokenTrail(run), ...brokenText(scene, run), ...brokenHealth(run), ...brokenTime(run)];
}

function brokenEnd({ effects, result, error, openTimers, occupied, attempts }: Run): string[] {
  const broken: string[] = [];
  if (error !== undefined) broken.push(`done rejected: ${String(error)}`);
  if (result === undefined) broken.push('the turn never ended');
  if (of(effects, 'turn.ended').length !== 1) broken.push('not exactly one turn.ended');
  if (effects.at(-1)?.type !== 'turn.ended') broken.push('something came after turn.ended');
  if (of(effects, 'turn.ended')[0]?.result !== result) broken.push('done and turn.ended disagree');
  if (openTimers !== 0) broken.push(`${openTimers} timers left`);
  if (occupied.length !== 0) broken.push('a place on a route was not given back');
  if (attempts.some(({ signal, isClosed }) => !signal.aborted || !isClosed)) broken.push('a stream was left open');
  return broken;
}

function brokenTrail({ effects, attempts }: Run): string[] {
  const broken: string[] = [];
  const started = of(effects, 'attempt.started');
  const ended = of(effects, 'attempt.ended');
  if (started.length > 4 || attempts.length > 4) broken.push('more than 4 attempts');
  if (started.length !== ended.length || new Set(ended.map(({ attemptId }) => attemptId)).size !== ended.length) {
    broken.push('attempts started and ended do not pair');
  }
  let running = 0;
  for (const effect of effects) {
    if (effect.type === 'attempt.started' && running > (effect.isHedge ? 1 : 0)) broken.push('an attempt started beside another one');
    running += Number(effect.type === 'attempt.started') - Number(effect.type === 'attempt.ended');
  }
  const refusedAt = effects.findIndex((effect) => effect.type === 'attempt.ended' && effect.outcome.kind === 'refused');
  if (refusedAt !== -1 && of(effects.slice(refusedAt), 'attempt.started').length > 0)
    broken.push('a refused question went to another model');
  started.forEach((attempt, index) => {
    const before = started.slice(0, index).findLast(({ routeId }) => routeId === attempt.routeId);
    const end = ended.find(({ attemptId }) => attemptId === before?.attemptId);
    if (before !== undefined && !mayRepeat(end)) broken.push(`${attempt.routeId} was tried again after ${JSON.stringify(end?.outcome)}`);
  });
  return broken;
}

function mayRepeat(end: Of<'attempt.ended'> | undefined): boolean {
  if (end?.outcome.kind !== 'failed' || end.firstTextMs !== undefined) return false;
  return ['retry-once', 'wait-or-next', 'trim-or-next'].includes(OUTCOMES[end.outcome.failure.reason].turn);
}

interface Rev {
  readonly rev: number;
  readonly attempt: Of<'attempt.started'> | undefined;
  text: string;
}

/** Text by rev, each with the attempt that must have written it: the one that is running and knows this model. */
function revsOf(effects: readonly TurnEffect[]): Rev[] {
  const revs: Rev[] = [];
  const running: Of<'attempt.started'>[] = [];
  for (const effect of effects) {
    if (effect.type === 'attempt.started') running.push(effect);
    if (effect.type === 'attempt.ended')
      running.splice(
        running.findIndex(({ attemptId }) => attemptId === effect.attemptId),
        1,
      );
    if (effect.type !== 'answer.delta') continue;
    const last = revs.at(-1);
    if (last?.rev === effect.rev) last.text += effect.text;
    else revs.push({ rev: effect.rev, text: effect.text, attempt: running.find(({ model }) => model === effect.model) });
  }
  return revs;
}

function brokenText(scene: Scene, { effects, result }: Run): string[] {
  const broken: string[] = [];
  const revs = revsOf(effects);
  const started = of(effects, 'attempt.started');
  revs.forEach(({ rev, text, attempt }, index) => {
    if (rev !== (scene.firstRev ?? 1) + index) broken.push(`rev ${rev} is out of order`);
    if (attempt === undefined) {
      broken.push(`rev ${rev} was written by nobody who was running`);
      return;
    }
    const count = started.filter(({ routeId }) => routeId === attempt.routeId).indexOf(attempt);
    const whole = fullText(scriptOf(scene, attempt.routeId, count));
    if (!whole.startsWith(text)) broken.push(`rev ${rev} is not what ${attempt.routeId} said: ${JSON.stringify(text)}`);
    const isFinal = result?.kind === 'answered' && index === revs.length - 1;
    if (isFinal && text !== whole) broken.push(`the answer lost text: ${JSON.stringify(text)} of ${JSON.stringify(whole)}`);
    if (isFinal && (result.rev !== rev || result.routeId !== attempt.routeId)) broken.push('the result names another rev or route');
  });
  if (result?.kind === 'answered' && revs.length === 0) broken.push('answered without text');
  const isMarkedVisible = result !== undefined && result.kind !== 'answered' && result.hasVisibleText;
  if (result?.kind !== 'answered' && isMarkedVisible !== revs.length > 0) broken.push('hasVisibleText is wrong');
  const interrupted = of(effects, 'answer.interrupted').map(({ rev }) => rev);
  const replaced = revs.slice(0, -1).map(({ rev }) => rev);
  if (replaced.some((rev) => !interrupted.includes(rev))) broken.push('a rev was replaced without being marked interrupted');
  if (new Set(interrupted).size !== interrupted.length) broken.push('a rev was marked interrupted twice');
  return broken;
}

function scriptOf(scene: Scene, routeId: RouteId, count: number): SourceScript {
  const scripts = scene.scripts[routeId] ?? [];
  return scripts[Math.min(count, scripts.length - 1)] ?? { steps: [] };
}

function brokenHealth({ signals, effects }: Run): string[] {
  const counted = signals.flatMap(({ routeId, outcome }) =>
    outcome.kind === 'failed' && OUTCOMES[outcome.failure.reason].health === 'failure' ? [routeId] : [],
  );
  const broken: string[] = [];
  if (new Set(counted).size !== counted.length) broken.push('a route counted twice in one turn');
  if (signals.some(({ outcome }) => outcome.kind === 'failed' && outcome.failure.reason === 'aborted')) broken.push('an abort was blamed');
  if (signals.length > of(effects, 'attempt.ended').length) broken.push('more evidence than attempts');
  return broken;
}

function brokenTime({ effects }: Run): string[] {
  const broken: string[] = [];
  const started = of(effects, 'attempt.started');
  const ended = of(effects, 'attempt.ended');
  const begun = started[0]?.at ?? 0;
  const endedAt = Math.max(0, ...ended.map(({ attemptId, durationMs }) => startOf(started, attemptId) - begun + durationMs));
  if (endedAt > 45_000) broken.push(`took ${endedAt} ms`);
  if (of(effects, 'answer.delta').length === 0 && endedAt > 20_000) broken.push(`showed nothing for ${endedAt} ms`);
  if (ended.some(({ firstTextMs }) => firstTextMs !== undefined && firstTextMs > 8_000))
    broken.push('a first text came after its deadline');
  return broken;
}

const startOf = (started: readonly Of<'attempt.started'>[], id: string): number =>
  started.find(({ attemptId }) => attemptId === id)?.at ?? 0;
