import type { Engine } from '../engine/engine.ts';
import type { AuditStore } from '../types.ts';

export function createAudit({ database }: Engine): AuditStore {
  return {
    async write({ id, at, actorId, actorName, action, subject, detail }) {
      const row = { id, at, actor_id: actorId, actor_name: actorName, action, subject, detail };
      await database.insertInto('audit').values(row).execute();
    },
    async list({ before, limit }) {
      let query = database.selectFrom('audit').selectAll().orderBy('id', 'desc').limit(limit);
      if (before !== undefined) query = query.where('id', '<', before);
      const rows = await query.execute();
      return rows.map(({ actor_id, actor_name, ...row }) => ({ ...row, actorId: actor_id, actorName: actor_name }));
    },
  };
}
