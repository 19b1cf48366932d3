import { type AnswerEvent, type AnswerRequest, type AnswerSource, createIds, silentLog } from '@stepdown/kernel';
import { createManualClock, seededRandom } from '@stepdown/kernel/testing';
import { describe, expect, it } from 'vitest';
import { createDrills, type DrillRequest } from './drills.ts';

const agent = { id: 'agt_1', name: 'Mara', email: 'mara@birchkettle.example', role: 'admin' } as const;
const drill: DrillRequest = { target: 'claude', fault: 'overloaded', share: 1, forMs: 60_000, reason: 'weekly drill' };
const request = (visitorHash: string): AnswerRequest => ({ question: 'q', locale: 'en', history: [], grounding: [], visitorHash });

function source(tier: AnswerSource['tier']): AnswerSource {
  async function* answer(): AsyncIterable<AnswerEvent> {
    for (const text of ['one ', 'two ', 'three ', 'four ', 'five ', 'six']) yield { type: 'delta', text };
    yield { type: 'end', outcome: { kind: 'complete' } };
  }
  return { routeId: `${tier}:m`, tier, model: 'm', answer, probe: answer };
}

async function outcomeOf(events: AsyncIterable<AnswerEvent>): Promise<string> {
  for await (const event of events) {
    if (event.type === 'end') return event.outcome.kind === 'failed' ? event.outcome.failure.reason : event.outcome.kind;
  }
  return 'none';
}

function setUp() {
  const clock = createManualClock();
  const marks: [readonly string[], boolean][] = [];
  const newId = createIds({ clock, random: seededRandom(1) });
  const drills = createDrills({ clock, newId, log: silentLog, setDrill: (ids, isOn) => marks.push([ids, isOn]) });
  return { clock, marks, drills, claude: drills.rehearse(source('claude')), gpt: drills.rehearse(source('gpt')) };
}

const signal = new AbortController().signal;

describe('drills', () => {
  it('put a fault before the target only, mark its routes, and end by themselves', async () => {
    const { clock, marks, drills, claude, gpt } = setUp();
    expect(await outcomeOf(claude.answer(request('v'), signal))).toBe('complete');
    await drills.start(drill, agent);
    expect(await outcomeOf(claude.answer(request('v'), signal))).toBe('overloaded');
    expect(await outcomeOf(claude.probe(signal))).toBe('overloaded');
    expect(await outcomeOf(gpt.answer(request('v'), signal))).toBe('complete');
    clock.advance(60_000);
    expect(drills.current).toBeUndefined();
    expect(drills.ended).toMatchObject([{ reason: 'weekly drill', startedBy: 'Mara', endedBy: null }]);
    expect(await outcomeOf(claude.answer(request('v'), signal))).toBe('complete');
    expect(marks).toEqual([
      [['claude:m'], true],
      [['claude:m'], false],
    ]);
    expect(clock.pendingTimers).toBe(0);
  });

  it('touch about the asked share of visitors, the same ones every time, and leave probes alone', async () => {
    const { drills, claude } = setUp();
    await drills.start({ ...drill, share: 0.3 }, agent);
    const visitors = Array.from({ length: 400 }, (_, index) => `visitor-${index}`);
    const first = await Promise.all(visitors.map((visitor) => outcomeOf(claude.answer(request(visitor), signal))));
    const again = await Promise.all(visitors.map((visitor) => outcomeOf(claude.answer(request(visitor), signal))));
    const hit = first.filter((outcome) => outcome === 'overloaded').length;
    expect(hit).toBeGreaterThan(80);
    expect(hit).toBeLessThan(160);
    expect(again).toEqual(first);
    expect(await outcomeOf(claude.probe(signal))).toBe('complete');
  });

  it('cut an answer after some text, and refuse to run two at once', async () => {
    const { drills, claude } = setUp();
    await drills.start({ ...drill, fault: 'cut' }, agent);
    expect(await drills.start(drill, agent)).toBeUndefined();
    const texts: string[] = [];
    for await (const event of claude.answer(request('v'), signal)) texts.push(event.type === 'delta' ? event.text : event.type);
    expect(texts).toEqual(['one ', 'two ', 'three ', 'four ', 'end']);
    await drills.stop(agent);
    expect(drills.current).toBeUndefined();
  });

  it('stay silent until the turn gives up', async () => {
    const { drills, claude } = setUp();
    await drills.start({ ...drill, fault: 'silent' }, agent);
    const controller = new AbortController();
    const outcome = outcomeOf(claude.answer(request('v'), controller.signal));
    controller.abort();
    expect(await outcome).toBe('aborted');
  });
});
