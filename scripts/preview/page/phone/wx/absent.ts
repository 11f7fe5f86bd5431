import type { ErrorLog } from '../state/error-log';
import { ApiFailure } from '../state/api-failure';
import { asyncApi, type Api } from './async-api';

const HOW_TO_HELP =
  'is not part of the preview: add it in scripts/preview/page/phone/wx, or use the WeChat developer tools';

const absent = new WeakSet<object>();

/** Whether something of `wx` is there only to name itself. */
export function isAbsent(value: unknown): boolean {
  return typeof value === 'function' && absent.has(value);
}

/** What answers at once, and can't fail but by throwing. */
const ANSWERS_AT_ONCE = /^(create|getXrFrame)|Sync$|Manager$|Context$|^(getPerformance|worklet)$/;
const LISTENS = /^(on|off)[A-Z]/;

/**
 * `members`, and a function for each of `names` that is not among them, as WeChat's own library has
 * it: code may look for it and keep it. Called, it names itself in the red strip and fails; a
 * listener is taken, for an event that never comes.
 *
 * @returns a plain object, to which a mini program may add and in which it may replace what it wants
 */
export function withAbsent(
  prefix: string,
  names: Iterable<string>,
  members: Record<string, unknown>,
  errors: ErrorLog,
): Record<string, unknown> {
  const missing = [...names].filter((name) => !(name in members));
  const apis = missing.map((name): [string, Api] => {
    const api = absentApi(prefix, name, errors);
    absent.add(api);
    return [name, api];
  });
  return { ...Object.fromEntries(apis), ...members };
}

/** Something with members of its own: whatever is called in it, however deep, names itself. */
export function absentTree(fullName: string, errors: ErrorLog): unknown {
  const tree = new Proxy(() => undefined, {
    get: (_, key) =>
      // A promise looks for `then`, and JSON for `toJSON`.
      typeof key === 'symbol' || key === 'then' || key === 'toJSON'
        ? undefined
        : absentTree(`${fullName}.${key}`, errors),
    apply: () => throwing(fullName, errors),
    construct: () => throwing(fullName, errors),
  });
  absent.add(tree);
  return tree;
}

function throwing(fullName: string, errors: ErrorLog): never {
  const error = new Error(`${fullName} ${HOW_TO_HELP}`);
  errors.report(fullName, error);
  throw error;
}

function absentApi(prefix: string, name: string, errors: ErrorLog): Api {
  const fullName = `${prefix}.${name}`;
  const shortName = fullName.replace(/^wx\./, '');
  if (LISTENS.test(name)) return () => undefined;
  if (ANSWERS_AT_ONCE.test(name)) {
    return () => throwing(fullName, errors);
  }
  const fail = asyncApi(shortName, errors, () => {
    const failure = new ApiFailure(`${shortName}:fail ${fullName} ${HOW_TO_HELP}`);
    errors.report(fullName, failure);
    throw failure;
  });
  return (options?: unknown) => {
    const outcome = fail(options);
    // It is in the strip already; who awaits it still gets it.
    if (outcome instanceof Promise) outcome.catch(() => undefined);
    return outcome;
  };
}
