import { createRateLimit, type RateLimit } from '../counters/rate-limit';
import { LOGIN_WINDOW_MS, type SessionPolicy } from './session-policy';

/** How often one person may sign in on this instance. */
export function createLoginLimit({ loginsPerMinute }: SessionPolicy): RateLimit {
  return createRateLimit({ limit: loginsPerMinute, windowMs: LOGIN_WINDOW_MS });
}
