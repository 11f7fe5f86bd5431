/** Exchanges a login code for the identity of the person, at the provider that issued the code. */
import type { GatewayApp, GatewayConfig } from './gateway-config';
import { providers } from './providers/index';
import type { CodeOutcome } from './providers/provider';

export type ExchangeCode = (app: GatewayApp, code: string) => Promise<CodeOutcome>;

/**
 * A code is good once: when no answer comes in time it is not sent again, since it may have been
 * used.
 */
const TIMEOUT_MS = 5_000;

export function createExchangeCode(
  { urls }: Pick<GatewayConfig, 'urls'>,
  timeoutMs = TIMEOUT_MS,
): ExchangeCode {
  return async ({ provider, appid, secret }, code) => {
    const { path, outcomeOf } = providers[provider];
    const query = new URLSearchParams({
      appid,
      secret,
      js_code: code,
      grant_type: 'authorization_code',
    });
    try {
      const response = await fetch(`${urls[provider]}${path}?${query.toString()}`, {
        signal: AbortSignal.timeout(timeoutMs),
        redirect: 'error',
      });
      const reply: unknown = await response.json();
      // It holds the `session_key` too, which goes no further than this.
      return typeof reply === 'object' && reply !== null
        ? outcomeOf(reply as Record<string, unknown>)
        : { ok: false, reason: 'busy', errcode: 0 };
    } catch {
      // The error may contain the address, and so the secret: it is dropped.
      return { ok: false, reason: 'busy', errcode: 0 };
    }
  };
}
