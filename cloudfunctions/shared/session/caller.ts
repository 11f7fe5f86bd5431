/**
 * Who is calling. The platform tells it through the environment of the function, where no caller can write; everything
 * in `event`, `event.userInfo` included, can be written by the caller and is not looked at.
 */
import type { Owner } from './session';

export interface Caller extends Owner {
  /** Present when the mini program is bound to a WeChat Open Platform account. */
  unionid?: string;
}

/** What the platform says of a call, from its two places. */
export interface CallOrigin {
  /** What `cloud.getWXContext()` returned: `process.env`, with all-digit values turned into numbers. */
  wxContext: Readonly<Record<string, unknown>>;
  /** The second argument of the function. It also holds secrets of the environment: never log or return it. */
  context: unknown;
}

/**
 * Fails closed: `undefined` unless WeChat vouches for the identity.
 *
 * A warm instance serves one call after another, and the platform's runtime copies the variables of each call into
 * `process.env` without clearing those of the call before. A call that has no identity of its own would so inherit the
 * previous person's. Therefore every value that is believed must also be in the variables of this very call, which
 * `context` holds.
 *
 * @param trustedSources first entries of SOURCE that are believed. SOURCE is a comma-separated chain, where
 * `wx_client,scf` is a function called by a function that a phone called.
 */
export function readCaller(
  { wxContext, context }: CallOrigin,
  trustedSources: readonly string[],
): Caller | undefined {
  const source = readSource({ wxContext, context })?.split(',')[0];
  if (source === undefined || !trustedSources.includes(source)) return undefined;

  // With resource sharing the environment belongs to another mini program, and FROM_* names the one that calls.
  const shared = text(wxContext['FROM_OPENID']) ?? text(wxContext['FROM_APPID']);
  const read = (name: string): string | undefined => {
    const key = shared === undefined ? name : `FROM_${name}`;
    return confirmed(text(wxContext[key]), `WX_${key}`, context);
  };
  const openid = read('OPENID');
  const appid = read('APPID');
  const unionid = read('UNIONID');
  if (openid === undefined || appid === undefined) return undefined;
  return { openid, appid, ...(unionid !== undefined && { unionid }) };
}

/** Whether the platform's timer makes this call, directly: a chain such as `wx_trigger,scf` is not it. */
export function isTimer(origin: CallOrigin): boolean {
  return readSource(origin) === 'wx_trigger';
}

function readSource({ wxContext, context }: CallOrigin): string | undefined {
  return confirmed(text(wxContext['SOURCE']), 'TCB_SOURCE', context);
}

/** The value, if it is this call's own. Where the runtime gives no variables in `context` there is nothing to compare. */
function confirmed(
  value: string | undefined,
  variable: string,
  context: unknown,
): string | undefined {
  const own = variablesOf(context);
  return own === undefined || own[variable] === value ? value : undefined;
}

/**
 * The variables of this call: JSON in `environment` on newer runtimes, `KEY=VALUE;KEY=VALUE` in `environ` on older ones
 * (`parseContext` of `@cloudbase/node-sdk`). `{}`, so that nothing is confirmed, when they can't be read.
 */
function variablesOf(context: unknown): Readonly<Record<string, unknown>> | undefined {
  if (!isRecord(context)) return undefined;
  const { environment, environ } = context;
  if (environment !== undefined)
    return isRecord(environment) ? environment : parseJson(environment);
  if (environ === undefined) return undefined;
  if (typeof environ !== 'string') return {};
  return Object.fromEntries(
    environ.split(';').map((pair) => {
      const equals = pair.indexOf('=');
      return [pair.slice(0, equals), pair.slice(equals + 1)];
    }),
  );
}

function parseJson(json: unknown): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(String(json));
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
