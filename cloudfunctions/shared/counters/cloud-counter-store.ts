/** Counters in the collection `gateway_counters` (ADMINONLY). */
import type { database } from 'wx-server-sdk';
import { insertUnlessThere, updateWhere } from '../database/conditional-writes';
import { WINDOWS_AHEAD, type CounterStore } from './windowed-limit';

export function cloudCounterStore(db: ReturnType<typeof database>): CounterStore {
  const counters = db.collection('gateway_counters');
  const _ = db.command;
  const update = async (where: object, data: object): Promise<boolean> =>
    (await updateWhere(counters, where, data)) === 1;
  return {
    async take(id, window, limit) {
      const latest = window + WINDOWS_AHEAD;
      const countUp = { _id: id, window: _.gte(window).and(_.lte(latest)), count: _.lt(limit) };
      if (await update(countUp, { count: _.inc(1) })) return true;
      const isOver = { _id: id, window: _.lt(window).or(_.gt(latest)) };
      if (await update(isOver, { window, count: 1 })) return true;
      // It is full, it does not exist, or another instance has just started it.
      const isFirst = await insertUnlessThere(counters, { _id: id, window, count: 1 });
      return isFirst || update(countUp, { count: _.inc(1) });
    },
  };
}
