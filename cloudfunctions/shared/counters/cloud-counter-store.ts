/** Counters in the collection `gateway_counters` (ADMINONLY). */
import type { database } from 'wx-server-sdk';
import { WINDOWS_AHEAD, type CounterStore } from './windowed-limit';

const DUPLICATE_ID = /DATABASE_DUPLICATE_WRITE|E11000/;

export function cloudCounterStore(db: ReturnType<typeof database>): CounterStore {
  const counters = db.collection('gateway_counters');
  const _ = db.command;
  const update = async (where: object, data: object): Promise<boolean> => {
    const reply: unknown = await counters.where(where).update({ data });
    return (reply as { stats: { updated: number } }).stats.updated === 1;
  };
  return {
    async take(id, window, limit) {
      const latest = window + WINDOWS_AHEAD;
      const countUp = { _id: id, window: _.gte(window).and(_.lte(latest)), count: _.lt(limit) };
      if (await update(countUp, { count: _.inc(1) })) return true;
      const isOver = { _id: id, window: _.lt(window).or(_.gt(latest)) };
      if (await update(isOver, { window, count: 1 })) return true;
      // It is full, it was never there, or somebody else has just begun it.
      try {
        await counters.add({ data: { _id: id, window, count: 1 } });
        return true;
      } catch (error) {
        const { errMsg } = error as { errMsg?: unknown };
        if (!DUPLICATE_ID.test(String(errMsg))) throw error;
        return update(countUp, { count: _.inc(1) });
      }
    },
  };
}
