import { failureOf } from './cloud-error';

/** Runs code of the mini program, e.g. its `success`; a throw of it is its own affair. */
export type RunCallback = (where: string, code: () => unknown) => void;

const CALLBACKS = ['success', 'fail', 'complete'] as const;

/**
 * WeChat's convention: a promise or, when any of `success`, `fail` and `complete` is given, these.
 *
 * @param run what is done; its result gets `errMsg: 'API:ok'`
 */
export function answer(
  api: string,
  options: unknown,
  runCallback: RunCallback,
  run: () => Promise<object>,
): Promise<object> | undefined {
  const given = (options ?? {}) as Partial<Record<(typeof CALLBACKS)[number], unknown>>;
  const outcome = settle(api, run);
  if (!CALLBACKS.some((name) => typeof given[name] === 'function')) return outcome;
  const call = (name: (typeof CALLBACKS)[number], value: object): void => {
    const callback = given[name];
    if (typeof callback !== 'function') return;
    runCallback(`${name} of ${api}`, (): unknown => Reflect.apply(callback, undefined, [value]));
  };
  outcome.then(
    (result) => {
      call('success', result);
      call('complete', result);
    },
    (error: unknown) => {
      const failure = failureOf(api, error);
      call('fail', failure);
      call('complete', failure);
    },
  );
  return undefined;
}

async function settle(api: string, run: () => Promise<object>): Promise<object> {
  try {
    return { ...(await run()), errMsg: `${api}:ok` };
  } catch (error) {
    throw failureOf(api, error);
  }
}
