import type { ClaimResult, FinishResult } from '@stepdown/conversation';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { BuildHouse, House } from '../testing/harness.ts';
import { type Asked, answerMessage, ask, claimRequest, NOW, nextId, visitorMessage } from '../testing/records.ts';
import type { Store } from '../types.ts';

const STEPS = ['start', 'checkpoint', 'higher-rev', 'finish', 'claim', 'other-claim', 'orphans', 'visitor', 'bump'] as const;
/** On a busy machine; a second or two otherwise. */
const SEARCH_MS = 60_000;
type Step = (typeof STEPS)[number];

/** Whatever happens at the same moment: the rules that visitors and agents see hold afterwards. */
export function interleavingContract(build: BuildHouse, numRuns: number): void {
  let house: House;
  beforeAll(async () => {
    house = await build();
  });
  afterAll(() => house.close());

  it('[ST11] [ST13] no interleaving lets the assistant write after a claim, or answer twice', { timeout: SEARCH_MS }, async () => {
    const round = fc.array(fc.record({ step: fc.constantFrom(...STEPS), isNeighbour: fc.boolean() }), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(fc.array(round, { minLength: 1, maxLength: 4 }), (rounds) => play(house, rounds)),
      { numRuns },
    );
  });
}

interface Move {
  readonly step: Step;
  readonly isNeighbour: boolean;
}

async function play(house: House, rounds: readonly (readonly Move[])[]): Promise<void> {
  const asked = await ask(house.store);
  const game = createGame(asked);
  for (const moves of rounds) {
    await Promise.all(moves.map(({ step, isNeighbour }) => game.moves[step](isNeighbour ? house.neighbour : house.store)));
  }
  await checkRules(house, asked.conversation.id, { turnId: asked.turn.id, finished: game.finished, claimed: game.claimed });
}

interface Game {
  readonly finished: readonly FinishResult[];
  readonly claimed: readonly ClaimResult[];
  readonly moves: Readonly<Record<Step, (store: Store) => Promise<unknown>>>;
}

function createGame({ conversation, turn }: Asked): Game {
  const finished: FinishResult[] = [];
  const claimed: ClaimResult[] = [];
  let answerId = 'not-started';

  const checkpoint = ({ conversations }: Store, rev: number) =>
    conversations.updateMessage(answerId, { text: `partial ${rev}`, rev, status: 'streaming' }, { ifEpoch: turn.epoch });

  async function claim({ conversations }: Store, agentId: string): Promise<void> {
    const result = await conversations.claim(claimRequest(conversation.id, agentId));
    if (result?.systemMessage !== undefined) claimed.push(result);
  }

  return {
    finished,
    claimed,
    moves: {
      async start({ turns }) {
        answerId = (await turns.startAnswer(turn.id, answerMessage()))?.id ?? answerId;
      },
      checkpoint: (store) => checkpoint(store, 0),
      'higher-rev': (store) => checkpoint(store, 1),
      async finish({ turns }) {
        const answerPatch = { text: 'whole', status: 'complete' } as const;
        const result = await turns.finish(turn.id, {
          status: 'done',
          cause: '',
          attempts: [],
          resultTier: 'gpt',
          endedAt: NOW,
          answerPatch,
        });
        if (result !== undefined) finished.push(result);
      },
      claim: (store) => claim(store, 'agt_1'),
      'other-claim': (store) => claim(store, 'agt_2'),
      orphans: ({ turns }) => turns.claimOrphans({ owner: nextId('process'), now: NOW + 99_999, leaseUntil: NOW + 99_999 }),
      visitor: ({ conversations }) => conversations.append({ conversationId: conversation.id, message: visitorMessage() }),
      bump: ({ conversations }) => conversations.update(conversation.id, {}, { bumpEpoch: true, ifState: ['pending'], at: NOW }),
    },
  };
}

interface Outcome {
  readonly turnId: string;
  readonly finished: readonly FinishResult[];
  readonly claimed: readonly ClaimResult[];
}

async function checkRules({ store }: House, conversationId: string, { turnId, finished, claimed }: Outcome): Promise<void> {
  const messages = await store.conversations.messagesAfter(conversationId, 0);
  const conversation = await store.conversations.get(conversationId);
  const turn = await store.turns.get(turnId);
  const answers = messages.filter(({ author }) => author === 'assistant');
  expect(messages.map(({ seq }) => seq)).toEqual(messages.map((_, index) => index + 1));
  expect(conversation).toMatchObject({ lastSeq: messages.length });
  expect(new Set(messages.map(({ change }) => change)).size).toBe(messages.length);
  expect(Math.max(...messages.map(({ change }) => change))).toBe(conversation?.lastChange);
  expect(answers.length).toBeLessThanOrEqual(1);
  expect(finished.length).toBeLessThanOrEqual(1);
  expect(claimed.length).toBeLessThanOrEqual(1);
  expect(turn?.status === 'done').toBe(finished.length === 1);
  if (turn?.status !== 'running') expect(answers.filter(({ status }) => status === 'streaming')).toEqual([]);
  for (const { systemMessage } of claimed) {
    expect(turn?.status).not.toBe('running');
    for (const answer of answers) expect(answer.change).toBeLessThan(systemMessage?.createdChange ?? 0);
  }
  for (const { answer } of finished) if (answer !== undefined) expect(answers[0]).toMatchObject({ text: 'whole', status: 'complete' });
}
