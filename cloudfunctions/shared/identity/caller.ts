/**
 * Who is calling. The cloud says so in the environment of the function, where no caller can write;
 * everything in `event`, `event.userInfo` included, may be made up by the caller and is ignored.
 */
import { isRecord } from './is-record';
import type { Owner } from './account';

export interface Caller extends Owner {
  /** Present when the mini program is bound to a WeChat Open Platform account. */
  unionid?: string;
}

/** What the cloud says about a call, in its two places. */
export interface CallOrigin {
  /**
   * What `cloud.getWXContext()` returned: `process.env`, with all-digit values turned into numbers.
   */
  wxContext: Readonly<Record<string, unknown>>;
  /**
   * The second argument of the function. It also holds secrets of the environment: never log or
   * return it.
   */
  context: unknown;
}

/**
 * Fails closed: `undefined` unless WeChat vouches for the identity.
 *
 * A warm instance serves one call after another, and the cloud's runtime copies the variables of
 * each call into `process.env` without clearing those of the call before. A call without an
 * identity of its own would inherit the previous person's. Therefore a value counts only if it is
 * also among the variables of this very call, which `context` holds.
 *
 * @param trustedSources first entries of SOURCE that are believed. SOURCE is a comma-separated
 * chain, where `wx_client,scf` is a function called by a function that a phone called.
 */
export function readCaller(
  origin: CallOrigin,
  trustedSources: readonly string[],
): Caller | undefined {
  const own = ownVariables(origin.context);
  const source = confirmed(origin, own, 'SOURCE')?.split(',')[0];
  if (source === undefined || !trustedSources.includes(source)) return undefined;

  // With resource sharing the environment belongs to another mini program, and FROM_* names the one
  // that calls.
  const prefix = isShared(origin, own) ? 'FROM_' : '';
  const openid = confirmed(origin, own, `${prefix}OPENID`);
  const appid = confirmed(origin, own, `${prefix}APPID`);
  const unionid = confirmed(origin, own, `${prefix}UNIONID`);
  if (openid === undefined || appid === undefined) return undefined;
  return { openid, appid, ...(unionid !== undefined && { unionid }) };
}

/**
 * Whether the cloud's timer makes this call directly: a chain such as `wx_trigger,scf` is not it.
 */
export function isTimer(origin: CallOrigin): boolean {
  return confirmed(origin, ownVariables(origin.context), 'SOURCE') === 'wx_trigger';
}

/**
 * Where this very call comes from, for a function that serves calls without a WeChat identity and
 * must not mistake variables left over from another call for its own. When `context` cannot be
 * read, the variables of the process count: that refuses too many calls rather than too few.
 */
export function readOrigin(origin: CallOrigin): {
  openid: string | undefined;
  source: string | undefined;
} {
  const own = ownVariables(origin.context);
  const read = (name: Name): string | undefined =>
    typeof own === 'object' ? nonEmpty(own[variableOf(name)]) : nonEmpty(origin.wxContext[name]);
  return { openid: read('OPENID'), source: read('SOURCE') };
}

type Name = 'SOURCE' | `${'' | 'FROM_'}${'OPENID' | 'APPID' | 'UNIONID'}`;

/**
 * The variables of this call: what it says of itself, `unreadable`, or nothing, on a runtime that
 * gives none in `context`.
 */
type OwnVariables = Readonly<Record<string, unknown>> | 'unreadable' | undefined;

const variableOf = (name: Name): string => (name === 'SOURCE' ? 'TCB_SOURCE' : `WX_${name}`);

/**
 * Whether FROM_* belongs to this call and is not left over from another: that would turn people of
 * this environment into strangers.
 */
function isShared({ wxContext }: CallOrigin, own: OwnVariables): boolean {
  return (['FROM_OPENID', 'FROM_APPID'] as const).some((name) =>
    typeof own === 'object'
      ? nonEmpty(own[variableOf(name)]) !== undefined
      : nonEmpty(wxContext[name]) !== undefined,
  );
}

/**
 * The value, if it is this call's own. Where the runtime gives no variables in `context` there is
 * nothing to compare.
 */
function confirmed({ wxContext }: CallOrigin, own: OwnVariables, name: Name): string | undefined {
  const value = nonEmpty(wxContext[name]);
  if (own === undefined) return value;
  return own !== 'unreadable' && own[variableOf(name)] === value ? value : undefined;
}

/**
 * JSON in `environment` on newer runtimes, `KEY=VALUE;KEY=VALUE` in `environ` on older ones
 * (`parseContext` of `@cloudbase/node-sdk`).
 */
function ownVariables(context: unknown): OwnVariables {
  if (!isRecord(context)) return undefined;
  const { environment, environ } = context;
  if (environment !== undefined) {
    return isRecord(environment) ? environment : parseJson(environment);
  }
  if (environ === undefined) return undefined;
  if (typeof environ !== 'string') return 'unreadable';
  return Object.fromEntries(
    environ.split(';').map((pair) => {
      const equals = pair.indexOf('=');
      return [pair.slice(0, equals), pair.slice(equals + 1)];
    }),
  );
}

function parseJson(json: unknown): OwnVariables {
  try {
    const value: unknown = JSON.parse(String(json));
    return isRecord(value) ? value : 'unreadable';
  } catch {
    return 'unreadable';
  }
}

function nonEmpty(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
