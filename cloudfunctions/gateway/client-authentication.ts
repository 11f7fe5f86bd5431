/** Whether a request comes from the backend that may ask about tokens. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { addressCounter, type Quota, type WindowedLimit } from '../shared/counters/windowed-limit';
import type { Refusal } from '../shared/session/contract';
import { refuse } from '../shared/session/refusal';
import type { GatewayClient } from './gateway-config';

/** Who asks: the header `Authorization`, and the address if the cloud says one. */
export interface ClientClaim {
  authorization: string | undefined;
  clientAddress: string | undefined;
}

/** Resolves to `undefined` for the client. `report` gets failures that don't change the answer. */
export type ClientAuthentication = (
  claim: ClientClaim,
  now: Date,
  report: (error: unknown) => void,
) => Promise<Refusal | undefined>;

/** Wrong secrets in a minute; the right one is not counted. */
export const FAILURES_PER_ADDRESS = 10;
export const FAILURES_OVERALL = 20;

/**
 * Guesses are limited, and a guesser must not lock the client out. An address that guessed too
 * often is refused for the rest of the minute, right or wrong. Over all addresses the right secret
 * always gets in, and wrong ones are answered and counted only up to a limit: the secret is too
 * long to be guessed, and the limit bounds the work that guessing causes.
 */
export function clientAuthentication(
  client: GatewayClient | undefined,
  limit: WindowedLimit,
): ClientAuthentication {
  return async ({ authorization, clientAddress }, now, report) => {
    const byAddress: Quota[] =
      clientAddress === undefined
        ? []
        : [{ id: addressCounter('client', clientAddress), limit: FAILURES_PER_ADDRESS }];
    const given = basicCredentials(authorization);
    const isRight = client !== undefined && given !== undefined && isClient(given, client);
    const blockedUntil = limit.fullUntil(byAddress, now);
    if (blockedUntil !== undefined) return tooMany(blockedUntil);
    if (isRight) return undefined;
    // Nothing was guessed.
    if (given === undefined) return refuse('NO_IDENTITY');
    try {
      const overall = { id: 'client-failures', limit: FAILURES_OVERALL };
      const fullUntil = await limit.take([...byAddress, overall], now);
      if (fullUntil !== undefined) return tooMany(fullUntil);
    } catch (error) {
      // The answer is the same, counted or not.
      report(error);
    }
    return refuse('NO_IDENTITY');
  };
}

const tooMany = (retryAt: Date): Refusal =>
  refuse('TOO_MANY_ATTEMPTS', { retryAt: retryAt.getTime() });

/**
 * RFC 7617, section 2. `undefined` unless it is exactly that: `Buffer` would decode base64 up to
 * its first mistake.
 */
function basicCredentials(header: string | undefined): string | undefined {
  const [, base64 = ''] = /^Basic +([A-Za-z0-9+/]{1,1024}={0,2})$/i.exec(header ?? '') ?? [];
  const bytes = Buffer.from(base64, 'base64');
  return base64 !== '' && bytes.toString('base64') === base64 ? bytes.toString() : undefined;
}

/**
 * Id and secret verbatim, as curl sends them, or form-urlencoded, as RFC 6749 (section 2.3.1) asks.
 * Takes the same time whatever was given.
 */
function isClient(given: string, { id, secrets }: GatewayClient): boolean {
  const forms = [given, formDecoded(given)].map(sha256);
  const expected = secrets.map((secret) => sha256(`${id}:${secret}`));
  const equal = forms.flatMap((form) => expected.map((digest) => timingSafeEqual(form, digest)));
  return equal.includes(true);
}

function formDecoded(given: string): string {
  try {
    return decodeURIComponent(given.replaceAll('+', ' '));
  } catch {
    return given;
  }
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
