import { messageOf, type ErrorLog } from '../state/error-log';
import { ApiFailure } from '../state/api-failure';

export type Options = Record<string, unknown>;
export type Api = (...args: never[]) => unknown;
/** What it answers joins `errMsg` in the result. */
type Run = (options: Options) => unknown;

/**
 * An API in WeChat's convention: callbacks `success`, `fail` and `complete`, or, with none of them,
 * a promise.
 *
 * @param run what it does. A throw fails the call with `NAME:fail MESSAGE`.
 */
export function asyncApi(name: string, errors: ErrorLog, run: Run): (options?: unknown) => unknown {
  return (raw) => {
    const options = isOptions(raw) ? raw : {};
    const outcome = settle(name, run, options);
    const callback = (kind: string, value: object): void => {
      const handler = options[kind];
      if (typeof handler === 'function') {
        errors.run(`${kind} of wx.${name}`, (): unknown =>
          Reflect.apply(handler, undefined, [value]),
        );
      }
    };
    if (!['success', 'fail', 'complete'].some((kind) => typeof options[kind] === 'function'))
      return outcome;
    outcome.then(
      (result) => {
        callback('success', result);
        callback('complete', result);
      },
      (failure: unknown) => {
        const reason = failure instanceof ApiFailure ? failure : new ApiFailure(messageOf(failure));
        callback('fail', reason);
        callback('complete', reason);
      },
    );
    return undefined;
  };
}

async function settle(name: string, run: Run, options: Options): Promise<object> {
  try {
    const answer = await run(options);
    return { errMsg: `${name}:ok`, ...(isOptions(answer) ? answer : {}) };
  } catch (cause) {
    if (cause instanceof ApiFailure) throw cause;
    throw new ApiFailure(`${name}:fail ${messageOf(cause)}`);
  }
}

export function isOptions(value: unknown): value is Options {
  return typeof value === 'object' && value !== null;
}

export function textOption(options: Options, name: string, fallback = ''): string {
  const value = options[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : fallback;
}

export function numberOption(options: Options, name: string, fallback: number): number {
  const value = options[name];
  return typeof value === 'number' ? value : fallback;
}
