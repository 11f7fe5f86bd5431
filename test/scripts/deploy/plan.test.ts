/** The plan and its steps on a cloud in memory, interrupted at each step in turn. */
import { describe, expect, test } from '@jest/globals';
import { applyPlan } from '../../../scripts/deploy/apply';
import type {
  Cloud,
  CollectionState,
  FunctionState,
  WantedFunction,
} from '../../../scripts/deploy/cloud';
import { planChanges, type Wanted } from '../../../scripts/deploy/plan';
import { isPassing, withRetry } from '../../../scripts/deploy/retry';
import { CloudApiError } from '../../../scripts/deploy/cloud';
import { readResources, type FunctionResource } from '../../../scripts/project/resources';
import { root } from '../../../scripts/project/root';

const resources = readResources(`${root}/cloudfunctions/resources.json`);

function wantedOf(resource: FunctionResource, fingerprint = 'abc123'): WantedFunction {
  const description = `${resource.description} (code ${fingerprint})`;
  return { resource, variables: resource.variables, description, zip: () => fingerprint };
}
const WANTED: Wanted = {
  functions: resources.functions.map((resource) => wantedOf(resource)),
  leftOut: [],
  collections: resources.collections,
};

class Interrupted extends Error {}

/**
 * @param stepsLeft how many more steps succeed; the next one fails, before or after it took effect
 */
function memoryCloud(fail?: { stepsLeft: number; after: boolean }) {
  const functions = new Map<string, FunctionState>();
  const collections = new Map<string, CollectionState>();
  const codes = new Map<string, string>();
  const limits = { ...fail };
  const step = async (effect: () => void): Promise<void> => {
    await Promise.resolve();
    const isLast = limits.stepsLeft === 0;
    if (limits.stepsLeft !== undefined) limits.stepsLeft -= 1;
    if (isLast && limits.after !== true) throw new Interrupted();
    effect();
    if (isLast) throw new Interrupted();
  };
  const stateOf = ({ resource, variables, description }: WantedFunction): FunctionState => ({
    runtime: resource.runtime,
    memoryMb: resource.memoryMb,
    timeoutSeconds: resource.timeoutSeconds,
    variables,
    description,
    timers: functions.get(resource.name)?.timers ?? {},
    status: 'Active',
  });
  const cloud: Cloud = {
    read: () =>
      Promise.resolve({ functions: new Map(functions), collections: new Map(collections) }),
    createCollection: (name) =>
      step(() => void collections.set(name, { permission: 'PRIVATE', indexes: [] })),
    setPermission: ({ name, permission }) =>
      step(() => {
        const { indexes = [] } = collections.get(name) ?? {};
        collections.set(name, { permission, indexes });
      }),
    createIndex: (name, index) =>
      step(() => {
        const { permission = '', indexes = [] } = collections.get(name) ?? {};
        const others = indexes.filter((other) => other.name !== index.name);
        collections.set(name, { permission, indexes: [...others, index] });
      }),
    createFunction: (wanted) =>
      step(() => {
        functions.set(wanted.resource.name, stateOf(wanted));
        codes.set(wanted.resource.name, wanted.zip());
      }),
    deleteFunction: (name) => step(() => void functions.delete(name)),
    updateCode: ({ resource, zip }) => step(() => void codes.set(resource.name, zip())),
    updateConfig: (wanted) => step(() => void functions.set(wanted.resource.name, stateOf(wanted))),
    setTimer: ({ resource: { name, timer } }) =>
      step(() => {
        const state = functions.get(name);
        if (state !== undefined && timer !== undefined) {
          functions.set(name, { ...state, timers: { [timer.name]: timer.cron } });
        }
      }),
    invoke: () => Promise.resolve(''),
  };
  return { cloud, functions, codes, limits };
}

async function deploy(cloud: Cloud, wanted = WANTED): Promise<number> {
  const plan = planChanges(wanted, await cloud.read([], []), { recreate: true });
  await applyPlan(plan, cloud, () => undefined);
  return plan.changes.length;
}

const TOTAL =
  2 * resources.collections.length +
  resources.collections.flatMap(({ indexes }) => indexes).length +
  resources.functions.length +
  resources.functions.filter(({ timer }) => timer !== undefined).length;

describe('a deployment', () => {
  test('takes as many steps as there is to do, and then none', async () => {
    const { cloud } = memoryCloud();
    const steps = await deploy(cloud);
    expect(steps).toBe(TOTAL);
    expect(await deploy(cloud)).toBe(0);
  });

  test.each(
    Array.from({ length: TOTAL }, (_, n) => n).flatMap((n) => [
      [n, false] as const,
      [n, true] as const,
    ]),
  )('interrupted at step %d (done: %s), the next run completes it', async (stepsLeft, after) => {
    const { cloud, limits } = memoryCloud({ stepsLeft, after });
    await deploy(cloud).catch((error: unknown) => {
      expect(error).toBeInstanceOf(Interrupted);
    });
    delete limits.stepsLeft;
    await deploy(cloud);
    expect(await deploy(cloud)).toBe(0);
  });

  test('of new code interrupted after the upload uploads again, and no sooner takes it for done', async () => {
    const { cloud, codes, limits } = memoryCloud();
    await deploy(cloud);
    const [login] = resources.functions;
    if (login === undefined) throw new Error('no functions');
    const wanted = { ...WANTED, functions: [wantedOf(login, 'def456')] };
    Object.assign(limits, { stepsLeft: 1, after: false });
    await expect(deploy(cloud, wanted)).rejects.toThrow(Interrupted);
    expect(codes.get('login')).toBe('def456');
    delete limits.stepsLeft;
    expect(await deploy(cloud, wanted)).toBe(2);
    expect(await deploy(cloud, wanted)).toBe(0);
  });

  test('on another runtime is blocked, unless it may delete', async () => {
    const { cloud, functions } = memoryCloud();
    await deploy(cloud);
    const login = functions.get('login');
    if (login === undefined) throw new Error('not deployed');
    functions.set('login', { ...login, runtime: 'Nodejs8.9', variables: { BY_HAND: '1' } });
    const state = await cloud.read([], []);
    expect(planChanges(WANTED, state, { recreate: false })).toMatchObject({
      changes: [],
      blocked: [expect.stringContaining('--recreate')],
    });
    await deploy(cloud);
    expect(functions.get('login')).toMatchObject({
      runtime: 'Nodejs20.19',
      variables: { BY_HAND: '1' },
    });
  });
});

describe('the plan', () => {
  const [login] = resources.functions;
  if (login === undefined) throw new Error('no functions');
  const planFor = (change: Partial<FunctionResource>, given: Record<string, string> = {}) => {
    const { cloud, functions } = memoryCloud();
    const resource = { ...login, ...change };
    const { variables } = resource;
    const item = { ...wantedOf(resource), variables: { ...variables, ...given } };
    const plan = async () =>
      planChanges({ ...WANTED, functions: [item] }, await cloud.read([], []), { recreate: false });
    return { cloud, functions, plan };
  };

  test('says where the permission to call an open interface may be missing, until it is there', async () => {
    const permissions = { openapi: ['phonenumber.getPhoneNumber'] };
    const note = 'login calls phonenumber.getPhoneNumber. If the cloud refuses that with -604101';
    const offered = { permissions, variables: { SIGN_IN_METHODS: 'wechat,phone' } };
    const { plan, cloud } = planFor(offered);
    expect((await plan()).notes).toEqual([expect.stringContaining(note)]);
    await applyPlan(await plan(), cloud, () => undefined);
    expect((await plan()).notes).toEqual([]);
    // Numbers are not asked for where nobody signs in by one.
    expect((await planFor({ permissions }).plan()).notes).toEqual([]);
    const others = planFor({ permissions: { openapi: ['wxacode.getUnlimited'] } });
    expect((await others.plan()).notes).toEqual([expect.stringContaining('wxacode.getUnlimited')]);
  });

  test('takes a way in away that is no longer described', async () => {
    const { plan, cloud, functions } = planFor({ variables: {} });
    await applyPlan(await plan(), cloud, () => undefined);
    const there = functions.get('login');
    if (there === undefined) throw new Error('not deployed');
    functions.set('login', { ...there, variables: { SIGN_IN_METHODS: 'wechat,phone' } });
    expect((await plan()).notes).toEqual([]);
    // Not by the way: who was unlinked from an account would get into it again.
    expect((await plan()).conflict).toContain('gets into it again');
    await applyPlan(await plan(), cloud, () => undefined);
    expect((await plan()).conflict).toBeUndefined();
    expect(functions.get('login')?.variables).toEqual({ SIGN_IN_METHODS: 'wechat' });
    expect((await plan()).changes).toEqual([]);
  });

  test('keeps the key for phone numbers: with another one nobody would be found', async () => {
    const { plan, functions } = planFor({}, { IDENTITY_KEY: 'b'.repeat(32) });
    expect((await plan()).conflict).toBeUndefined();
    const state: FunctionState = {
      ...{ runtime: login.runtime, memoryMb: 1, timeoutSeconds: 1, description: '' },
      ...{ timers: {}, status: 'Active', variables: { IDENTITY_KEY: 'a'.repeat(32) } },
    };
    functions.set('login', state);
    const { conflict } = await plan();
    expect(conflict).toContain('login would get another IDENTITY_KEY');
    expect(conflict).not.toMatch(/a{32}|b{32}/);
    functions.set('login', { ...state, variables: { IDENTITY_KEY: 'b'.repeat(32) } });
    expect((await plan()).conflict).toBeUndefined();
    functions.set('login', { ...state, variables: {} });
    expect((await plan()).conflict).toBeUndefined();
  });
});

describe('a failure that may pass', () => {
  const failure = (code: string) => new CloudApiError(code, '', '');

  test.each([
    ['RequestLimitExceeded', true],
    ['RequestLimitExceeded.IPLimitExceeded', true],
    ['InternalError', true],
    ['ECONNRESET', true],
    ['FailedOperation.FunctionStatusError', true],
    ['AuthFailure.SignatureFailure', false],
    ['LimitExceeded.Function', false],
    ['ResourceNotFound.Function', false],
  ])('%s: %s', (code, passes) => {
    expect(isPassing(failure(code))).toBe(passes);
  });

  test('is tried again, longer apart each time, and not for ever', async () => {
    const waits: number[] = [];
    const wait = (ms: number): Promise<void> => Promise.resolve(void waits.push(ms));
    await expect(
      withRetry(() => Promise.reject(failure('RequestLimitExceeded')), wait),
    ).rejects.toMatchObject({ code: 'RequestLimitExceeded' });
    expect(waits).toEqual([500, 1000, 2000, 4000, 8000]);
  });
});
