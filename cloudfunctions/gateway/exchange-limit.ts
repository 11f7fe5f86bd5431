/**
 * How many codes may be exchanged in a minute: for one app, and for one client address if the cloud
 * says one.
 */
import { addressCounter, digest, type WindowedLimit } from '../shared/counters/windowed-limit';

/** Resolves to when to try again if that was too many, else to `undefined`. */
export type ExchangeLimit = (
  subject: { clientAddress: string | undefined; appid: string },
  now: Date,
) => Promise<Date | undefined>;

/** Several people may be behind one address. */
export const EXCHANGES_PER_ADDRESS = 30;
export const EXCHANGES_PER_APP = 1_200;

export function createExchangeLimit(limit: WindowedLimit): ExchangeLimit {
  return ({ clientAddress, appid }, now) => {
    const byApp = { id: `app-${digest(appid)}`, limit: EXCHANGES_PER_APP };
    if (clientAddress === undefined) return limit.take([byApp], now);
    const id = addressCounter('address', clientAddress);
    return limit.take([{ id, limit: EXCHANGES_PER_ADDRESS }, byApp], now);
  };
}
