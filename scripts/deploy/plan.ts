/** What has to be done so that the cloud holds what it must. No network in here. */
import type { CollectionResource, FunctionResource, IndexResource } from '../project/resources';
import { inOrder, policyConflict, type Changing } from './order';
import { signInMethodsIn } from '../project/sign-in-methods';
import { calledInterfaces, mayLackPermission } from '../project/open-interfaces';
import { IDENTITY_KEY } from '../project/identity-key';
import type { Cloud, CloudState, CollectionState, FunctionState, WantedFunction } from './cloud';

/** One step. Doing it twice does no harm. */
export interface Change {
  /** The function that it changes. The steps of one function are done in order. */
  of?: string;
  /** As a diff: what is to be added, changed, removed. */
  lines: readonly string[];
  /** Shown while it is done. */
  doing: string;
  run: (cloud: Cloud) => Promise<void>;
}

export interface Plan {
  changes: readonly Change[];
  /** The functions, in groups that are changed one after the other. */
  order: readonly (readonly string[])[];
  /** What a person has to decide first. */
  blocked: readonly string[];
  /** Why the policy, or the key of phone numbers, may not be changed like this. */
  conflict: string | undefined;
  /** What differs from the description, and stays. */
  notes: readonly string[];
}

export interface Wanted {
  functions: readonly WantedFunction[];
  /** Functions that this run leaves as they are. */
  leftOut: readonly FunctionResource[];
  collections: readonly CollectionResource[];
}

interface PlanOptions {
  /** Delete and create anew functions on another runtime, which can't be changed. */
  recreate: boolean;
}

export function planChanges(given: Wanted, actual: CloudState, options: PlanOptions): Plan {
  const blocked: string[] = [];
  const notes: string[] = [];
  const wanted = {
    ...given,
    functions: given.functions.map((item) => ({
      ...item,
      variables: withWaysIn(item.variables, actual.functions.get(item.resource.name)?.variables),
    })),
  };
  const collections = wanted.collections.flatMap((collection) =>
    collectionChanges(collection, actual.collections.get(collection.name)),
  );
  const functions = wanted.functions.flatMap((item) => {
    const state = actual.functions.get(item.resource.name);
    const steps = functionChanges(item, state, options, { blocked, notes });
    if (steps.length > 0) notes.push(...unconfirmed(item));
    return steps.map((change) => ({ ...change, of: item.resource.name }));
  });
  const changing = wanted.functions.map(({ resource, variables }): Changing => {
    const before = actual.functions.get(resource.name)?.variables;
    return { resource, before, after: { ...before, ...variables } };
  });
  const staying = wanted.leftOut.flatMap((resource): Changing[] => {
    const before = actual.functions.get(resource.name)?.variables;
    return before === undefined ? [] : [{ resource, before, after: before }];
  });
  const order = inOrder(changing);
  const inTurn = order.flat().flatMap((name) => functions.filter(({ of }) => of === name));
  // Functions last: from the first call on they find their collections.
  const conflict =
    keyConflict(changing) ?? lastWayConflict(changing) ?? policyConflict(changing, staying);
  return { changes: [...collections, ...inTurn], order, blocked, conflict, notes };
}

/**
 * A variable that is not described stays as it was set by hand. Not this one: without it the mini
 * program is built for WeChat alone, and the functions must not offer more.
 */
function withWaysIn(
  variables: WantedFunction['variables'],
  before: FunctionState['variables'] = {},
): WantedFunction['variables'] {
  return 'SIGN_IN_METHODS' in before ? { SIGN_IN_METHODS: 'wechat', ...variables } : variables;
}

/** What a deployment may not have done. */
function unconfirmed({ resource: { name, permissions }, variables }: WantedFunction): string[] {
  const called = calledInterfaces(permissions, variables);
  return called.length > 0 ? [`${name} ${mayLackPermission(called)}`] : [];
}

/** Another key leaves nobody to be found by their number, and the one before can't be read here. */
function keyConflict(functions: readonly Changing[]): string | undefined {
  const others = functions.filter(
    ({ before = {}, after }) =>
      IDENTITY_KEY in before && before[IDENTITY_KEY] !== after[IDENTITY_KEY],
  );
  if (others.length === 0) return undefined;
  const names = others.map(({ resource }) => resource.name).join(' and ');
  return `${names} would get another ${IDENTITY_KEY}, and nobody be found by their phone number any more: set ${IDENTITY_KEY} to the one that is deployed, in 云开发控制台 → 云函数 → 配置 → 环境变量. To do without those numbers, delete it there first.`;
}

/**
 * With one way in nobody looks at identities: a WeChat that left the account which it founded would
 * be back in it, with whoever it belongs to now.
 */
function lastWayConflict(functions: readonly Changing[]): string | undefined {
  const isGivenUp = functions.some(
    ({ before = {}, after }) =>
      signInMethodsIn(before).length > 1 && signInMethodsIn(after).length === 1,
  );
  if (!isGivenUp) return undefined;
  return 'With SIGN_IN_METHODS=wechat, what people have linked and unlinked counts no more: a WeChat that was unlinked from the account that it founded gets into it again. If that is meant, set SIGN_IN_METHODS to wechat in 云开发控制台 → 云函数 → 配置 → 环境变量 first, and empty the collection identities.';
}

function collectionChanges(
  collection: CollectionResource,
  state: CollectionState | undefined,
): Change[] {
  const { name, permission, indexes } = collection;
  const changes: Change[] = [];
  if (state === undefined) {
    changes.push({
      lines: [`+ collection ${name}`],
      doing: `Creating the collection ${name}`,
      run: (cloud) => cloud.createCollection(name),
    });
  }
  if (state?.permission !== permission) {
    changes.push({
      lines: [
        state === undefined
          ? `+ permission of ${name}: ${permission}`
          : `~ collection ${name}: permission ${state.permission} -> ${permission}`,
      ],
      doing: `Setting the permission of ${name}`,
      run: (cloud) => cloud.setPermission(collection),
    });
  }
  for (const index of indexes) {
    const there = state?.indexes.find((other) => other.name === index.name);
    if (there !== undefined && sameIndex(there, index)) continue;
    changes.push({
      lines: [
        there === undefined
          ? `+ index ${name}.${index.name} on ${keysOf(index)}`
          : `~ index ${name}.${index.name}: ${keysOf(there)} -> ${keysOf(index)}`,
      ],
      doing: `Creating the index ${index.name} of ${name}`,
      run: (cloud) => cloud.createIndex(name, index, there !== undefined),
    });
  }
  return changes;
}

function functionChanges(
  wanted: WantedFunction,
  state: FunctionState | undefined,
  { recreate }: PlanOptions,
  say: { blocked: string[]; notes: string[] },
): Change[] {
  const { name, runtime, memoryMb, timeoutSeconds } = wanted.resource;
  if (state === undefined) return [creation(wanted), ...timerChanges(wanted, {})];
  const hasFailed = state.status === 'CreateFailed';
  const isOther = state.runtime !== runtime;
  if (hasFailed || (isOther && recreate)) {
    // What was set by hand goes along.
    const kept = { ...wanted, variables: { ...state.variables, ...wanted.variables } };
    return [
      deletion(name, hasFailed ? 'its creation failed' : state.runtime),
      creation(kept),
      ...timerChanges(wanted, {}),
    ];
  }
  if (isOther) {
    say.blocked.push(
      `The function ${name} runs on ${state.runtime}, and ${runtime} is wanted. A runtime can't be changed: run again with --recreate, which deletes the function and creates it anew. Calls fail in between, and paths of HTTP access to it go too.`,
    );
    return [];
  }
  const variables = { ...state.variables, ...wanted.variables };
  const kept = Object.keys(state.variables).filter((key) => !(key in wanted.variables));
  if (kept.length > 0)
    say.notes.push(`${name} keeps the variables that were set by hand: ${kept.join(', ')}.`);
  const merged = { ...wanted, variables };
  const isNewCode = codeOf(state.description) !== codeOf(wanted.description);
  const lines = [
    ...difference('memory', `${state.memoryMb} MB`, `${memoryMb} MB`),
    ...difference('timeout', `${state.timeoutSeconds} s`, `${timeoutSeconds} s`),
    // Values may be secrets.
    ...Object.keys(variables)
      .filter((key) => state.variables[key] !== variables[key])
      .map((key) => `variable ${key} ${key in state.variables ? 'changes' : 'is added'}`),
    ...(isNewCode ? [] : difference('description', state.description, wanted.description)),
  ];
  return [
    ...(isNewCode
      ? [
          {
            lines: [
              `~ function ${name}: code ${codeOf(state.description) || 'unknown'} -> ${codeOf(wanted.description)}`,
            ],
            doing: `Uploading the code of ${name}`,
            run: (cloud: Cloud) => cloud.updateCode(wanted),
          },
        ]
      : []),
    // After the code: its fingerprint says that the code is there.
    ...(isNewCode || lines.length > 0
      ? [
          {
            lines: lines.map((line) => `~ function ${name}: ${line}`),
            doing: `Configuring ${name}`,
            run: (cloud: Cloud) => cloud.updateConfig(merged),
          },
        ]
      : []),
    ...timerChanges(wanted, state.timers),
  ];
}

function creation(wanted: WantedFunction): Change {
  const { name, runtime, memoryMb, timeoutSeconds } = wanted.resource;
  return {
    lines: [
      `+ function ${name}: ${runtime}, ${memoryMb} MB, ${timeoutSeconds} s, code ${codeOf(wanted.description)}`,
      ...Object.keys(wanted.variables).map((key) => `+ variable ${key} of ${name}`),
    ],
    doing: `Creating the function ${name}`,
    run: (cloud) => cloud.createFunction(wanted),
  };
}

function deletion(name: string, why: string): Change {
  return {
    lines: [`- function ${name} (${why})`],
    doing: `Deleting the function ${name}`,
    run: (cloud) => cloud.deleteFunction(name),
  };
}

function timerChanges(wanted: WantedFunction, timers: FunctionState['timers']): Change[] {
  const { name, timer } = wanted.resource;
  if (timer === undefined || timers[timer.name] === timer.cron) return [];
  const old = Object.keys(timers);
  const before = old.map((trigger) => `${trigger} ${timers[trigger] ?? ''}`).join(', ');
  return [
    {
      lines: [
        old.length === 0
          ? `+ trigger ${name}.${timer.name} ${timer.cron}`
          : `~ trigger of ${name}: ${before} -> ${timer.name} ${timer.cron}`,
      ],
      doing: `Creating the trigger ${timer.name} of ${name}`,
      run: (cloud) => cloud.setTimer(wanted),
    },
  ];
}

function difference(what: string, from: string, to: string): string[] {
  return from === to ? [] : [`${what} ${from} -> ${to}`];
}

function sameIndex(a: IndexResource, b: IndexResource): boolean {
  return a.unique === b.unique && keysOf(a) === keysOf(b);
}

function keysOf({ keys, unique }: IndexResource): string {
  const fields = keys.map(({ field, order }) => `${field} ${order}`).join(', ');
  return unique ? `${fields} (unique)` : fields;
}

/** The fingerprint in a description, or ''. */
function codeOf(description: string): string {
  return /\(code ([0-9a-f]+)\)$/.exec(description)?.[1] ?? '';
}
