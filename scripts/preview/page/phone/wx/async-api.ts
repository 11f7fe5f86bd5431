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

/**
 * The same of what calls back before it returns.
 * https://developers.weixin.qq.com/miniprogram/dev/api/base/system/wx.getSystemInfo.html
 *
 * @param run does not fail
 */
export function atOnce(
  name: string,
  errors: ErrorLog,
  run: () => object,
): (options?: unknown) => unknown {
  return (raw) => {
    const options = isOptions(raw) ? raw : {};
    const result = { errMsg: `${name}:ok`, ...run() };
    const kinds = ['success', 'complete'].filter((kind) => typeof options[kind] === 'function');
    for (const kind of kinds)
      errors.run(`${kind} of wx.${name}`, () =>
        (options[kind] as (value: object) => unknown)(result),
      );
    return kinds.length > 0 || typeof options['fail'] === 'function'
      ? undefined
      : Promise.resolve(result);
  };
}

/** A task's listeners are never called: here nothing is told on the way. */
const silent = (): void => undefined;

/**
 * The same of what answers a task, by which it is given up.
 *
 * @param events that the task tells of: `onProgressUpdate`, `offProgressUpdate`
 */
export function taskApi(
  name: string,
  errors: ErrorLog,
  events: readonly string[],
  run: Run,
): (options?: unknown) => unknown {
  return (raw) => {
    let giveUp = silent;
    const givenUp = new Promise<never>((_, reject) => {
      giveUp = () => {
        reject(new ApiFailure(`${name}:fail abort`));
      };
    });
    const answer = asyncApi(name, errors, (options) =>
      Promise.race([givenUp, Promise.resolve(options).then(run)]),
    )(raw);
    const listeners = events.flatMap((event) => [`on${event}`, `off${event}`]);
    const task = {
      ...Object.fromEntries(listeners.map((listener) => [listener, silent])),
      abort: () => {
        giveUp();
      },
    };
    return answer instanceof Promise ? Object.assign(answer, task) : task;
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
