import type { Engine } from '../engine/engine.ts';
import type { LadderStateStore } from '../types.ts';

export function createLadderState({ database }: Engine): LadderStateStore {
  return {
    async save(json, at) {
      await database
        .insertInto('ladder_state')
        .values({ id: 1, json, at })
        .onConflict((conflict) => conflict.column('id').doUpdateSet({ json, at }))
        .execute();
    },
    load: () => database.selectFrom('ladder_state').select(['json', 'at']).executeTakeFirst(),
  };
}
