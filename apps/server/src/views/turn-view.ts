import type { Turn } from '@stepdown/conversation';
import type { TurnTrail } from '@stepdown/protocol';

/** What was tried for each answer, for agents. */
export function turnTrails(turns: readonly Turn[]): TurnTrail[] {
  return turns.map((turn) => ({
    turnId: turn.id,
    questionMessageId: turn.questionMessageId,
    answerMessageId: turn.answerMessageId ?? null,
    startedAt: turn.startedAt,
    endedAt: turn.endedAt ?? null,
    cause: turn.cause,
    attempts: turn.attempts.map(({ tier, model, outcome, detail, firstTextMs, durationMs }) => ({
      tier,
      model,
      outcome,
      detail: detail ?? null,
      firstTextMs: firstTextMs ?? null,
      durationMs,
    })),
  }));
}
