import type { Engine } from '../engine/engine.ts';
import type { PinStore } from '../types.ts';

export function createPins({ database }: Engine): PinStore {
  return {
    async set({ tier, reason, setBy, setAt, expiresAt }) {
      const pin = { tier, reason, set_by: setBy, set_at: setAt, expires_at: expiresAt };
      await database
        .insertInto('forced_tier')
        .values({ id: 1, ...pin })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(pin))
        .execute();
    },
    async clear() {
      return (await database.deleteFrom('forced_tier').executeTakeFirst()).numDeletedRows > 0n;
    },
    async current(now) {
      const row = await database.selectFrom('forced_tier').selectAll().where('expires_at', '>', now).executeTakeFirst();
      return row && { tier: row.tier, reason: row.reason, setBy: row.set_by, setAt: row.set_at, expiresAt: row.expires_at };
    },
  };
}
