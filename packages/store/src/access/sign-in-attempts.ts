import type { Engine } from '../engine/engine.ts';
import type { SignInAttemptStore } from '../types.ts';

export function createSignInAttempts({ database }: Engine): SignInAttemptStore {
  return {
    async record({ key, at, isOk }) {
      await database
        .insertInto('sign_in_attempt')
        .values({ key, at, is_ok: isOk ? 1 : 0 })
        .execute();
    },
    async countFailuresSince(key, since) {
      const query = database.selectFrom('sign_in_attempt').select(({ fn }) => fn.countAll<number>().as('count'));
      const failures = query.where('key', '=', key).where('at', '>=', since).where('is_ok', '=', 0);
      return Number((await failures.executeTakeFirstOrThrow()).count);
    },
    async clear(key) {
      await database.deleteFrom('sign_in_attempt').where('key', '=', key).execute();
    },
  };
}
