/** `npm run deploy` against the management API on loopback: as a process where that matters. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { root } from '../../../scripts/project/root';
import { readResources, type FunctionResource } from '../../../scripts/project/resources';
import { deployInProcess, hurryIntervals, type Deployed } from '../../support/deploy';
import { startManagementApi, type ManagementApi } from '../../support/management-api';
import { requireManagementLibrary } from '../../support/management-api/library';
import type { FakeEnvironment } from '../../support/management-api/state';
import { trustCertificate } from '../../support/management-api/trust';
import { startInGroup } from '../../support/interrupted';
import { runScript, runsScript } from '../../support/run-script';

const ENV = 'prod-1g2h3i';
const { collections, functions } = readResources(`${root}/cloudfunctions/resources.json`);
const namesOf = (isWanted: (resource: FunctionResource) => boolean): string[] =>
  functions
    .filter((resource) => resource.onlyWith === undefined && isWanted(resource))
    .map(({ name }) => name);
const names = namesOf(() => true);

const folder = mkdtempSync(join(tmpdir(), 'deploy-'));

let api: ManagementApi;
let endings: (() => void)[];

/** A first deployment, and what it leaves. */
let first: Deployed;
let deployed: Pick<FakeEnvironment, 'functions' | 'tables'>;

beforeAll(async () => {
  await requireManagementLibrary();
  api = await startManagementApi(ENV);
  endings = [trustCertificate(api.certificate), hurryIntervals()];
  first = await deploy();
  const { functions, tables } = api.environment;
  deployed = structuredClone({ functions, tables });
  await api.close();
});
afterAll(() => {
  rmSync(folder, { recursive: true });
  for (const end of endings) end();
});
beforeEach(async () => {
  api = await startManagementApi(ENV);
});
afterEach(() => api.close());

const deploy = (args: string[] = [], variables: Record<string, string> = {}): Promise<Deployed> =>
  deployInProcess(api, ['--env', ENV, ...args], variables);

/** As the first deployment left it. */
function restore(): void {
  for (const [name, state] of deployed.functions) {
    api.environment.functions.set(name, structuredClone(state));
  }
  for (const [name, state] of deployed.tables) {
    api.environment.tables.set(name, structuredClone(state));
  }
}

const changing = (): string[] =>
  api.requests
    .map(({ action }) => action)
    .filter((action) => !/^(Describe|List|Get|Invoke)/.test(action));

describe('into an empty environment', () => {
  test('everything is there afterwards, and a second run changes nothing', async () => {
    expect(first.output).toContain('Done: read back as described');
    expect(first.exitCode).toBe(0);

    restore();
    const { environment } = api;
    expect([...environment.functions.keys()].sort()).toEqual([...names].sort());
    expect(environment.functions.get('login')).toMatchObject({
      Runtime: 'Nodejs20.19',
      MemorySize: 256,
      Timeout: 5,
      Status: 'Active',
    });
    expect(environment.functions.get('sweep')).toMatchObject({
      Timeout: 60,
      Triggers: [{ TriggerName: 'hourly', TriggerDesc: '0 17 * * * * *' }],
    });
    expect([...environment.tables.keys()].sort()).toEqual(
      collections.map(({ name }) => name).sort(),
    );
    for (const { permission } of environment.tables.values()) expect(permission).toBe('ADMINONLY');
    expect(environment.tables.get('sessions')?.Indexes).toEqual([
      { Name: 'expiresAt', Keys: [{ Name: 'expiresAt', Direction: '1' }], Unique: false },
    ]);

    const second = await deploy();
    expect(second).toMatchObject({ exitCode: 0 });
    expect(second.output).toContain('nothing to do');
    expect(changing()).toEqual([]);
  });

  test('the command does what is missing, and says how far it is', async () => {
    restore();
    api.environment.functions.delete('sweep');
    api.environment.tables.delete('notes');
    const { exitCode, output } = await runScript(
      'deploy',
      ['--no-build', '--env', ENV],
      api.variables,
    );
    expect(output).toContain('[1/4] Creating the collection notes ...');
    expect(output).toContain('Done: read back as described');
    expect(exitCode).toBe(0);
    expect(api.environment.functions.get('sweep')).toEqual(deployed.functions.get('sweep'));
    expect(api.environment.tables.get('notes')).toEqual(deployed.tables.get('notes'));
  });

  test('Ctrl-C in the middle of it leaves nothing here, and the next run completes it', async () => {
    restore();
    api.environment.tables.delete('notes');
    const asked = new Promise<void>((resolve) => {
      api.fail = ({ action }) => {
        if (action !== 'ModifyResourcePermission') return undefined;
        resolve();
        return 'hold';
      };
    });
    const args = runsScript('deploy', '--no-build', '--env', ENV, '--json');
    const running = startInGroup(args, root, api.variables);
    await asked;
    running.signal('SIGINT');
    const { exitCode, output, files } = await running.ended();
    expect({ exitCode, files }).toEqual({ exitCode: 130, files: [] });
    expect(JSON.parse(output.slice(output.indexOf('\n{')))).toMatchObject({
      error: { kind: 'interrupted' },
    });
    api.fail = () => undefined;
    expect(await deploy()).toMatchObject({ exitCode: 0 });
    expect(api.environment.tables.get('notes')).toEqual(deployed.tables.get('notes'));
  });

  test('a program gets one document, and the progress is elsewhere', async () => {
    restore();
    api.environment.tables.delete('notes');
    const run = (...args: string[]) =>
      runScript('deploy', ['--no-build', '--env', ENV, '--json', ...args], api.variables);
    const { exitCode, stdout, stderr } = await run();
    expect(stderr).toContain('[1/2] Creating the collection notes ...');
    expect(JSON.parse(stdout)).toEqual({
      ...{ version: 1, ok: true, environment: ENV, dryRun: false, verified: true },
      changes: [
        { function: null, lines: ['+ collection notes'], state: 'done' },
        { function: null, lines: ['+ permission of notes: ADMINONLY'], state: 'done' },
      ],
      notes: expect.any(Array),
      notDeployed: ['authorize', 'gateway'],
    });
    expect(exitCode).toBe(0);
    const again = await run('--dry-run');
    expect(JSON.parse(again.stdout)).toMatchObject({ ok: true, dryRun: true, changes: [] });
    const wrong = await runScript('deploy', ['--env', ENV, '--json'], {});
    expect(JSON.parse(wrong.stdout)).toMatchObject({ ok: false, error: { kind: 'usage' } });
    expect(wrong.exitCode).toBe(2);
  });

  test.each([
    ['TENCENTCLOUD_SECRETID and TENCENTCLOUD_SECRETKEY', {}],
    ['set TENCENTCLOUD_SECRETKEY', { TENCENTCLOUD_SECRET_ID: 'AKIDother' }],
  ])('without a key and without a terminal it says: %s', async (advice, variables) => {
    const { exitCode, output } = await runScript('deploy', ['--env', ENV], variables);
    expect(exitCode).toBe(2);
    expect(output).toContain(advice);
    expect(output).toContain('访问管理 → API 密钥管理');
  });

  test('a dry run shows the same, and does nothing', async () => {
    const { exitCode, output } = await deploy(['--dry-run']);
    expect(exitCode).toBe(0);
    expect(output).toContain('+ collection sessions');
    expect(output).toContain('+ index sessions.expiresAt on expiresAt asc');
    expect(output).toContain('+ trigger sweep.hourly 0 17 * * * * *');
    expect(output).toContain('not deployed: gateway');
    expect(changing()).toEqual([]);
  });
});

describe('into an environment that is there', () => {
  beforeEach(restore);

  test('the gateway goes along with its variables, whose values are shown nowhere', async () => {
    const { exitCode, output } = await deploy([], {
      GATEWAY_APPS: 'main',
      GATEWAY_MAIN_PLATFORM: 'wechat',
      GATEWAY_MAIN_APPID: 'wx0123456789abcdef',
      GATEWAY_MAIN_SECRET: 'very-secret-value',
    });
    expect(exitCode).toBe(0);
    expect(output).toContain('variable GATEWAY_MAIN_SECRET of gateway');
    expect(output).not.toContain('very-secret-value');
    expect(api.environment.functions.get('gateway')?.Environment.Variables).toContainEqual({
      Key: 'GATEWAY_MAIN_SECRET',
      Value: 'very-secret-value',
    });
  });

  test.each([
    [{}, 'IDENTITY_KEY is not set'],
    [{ IDENTITY_KEY: 'a'.repeat(31) }, 'IDENTITY_KEY has 31 characters'],
  ])('phone numbers without a key are refused before anything is done', async (key, problem) => {
    const resources = join(folder, 'cloudfunctions/resources.json');
    mkdirSync(dirname(resources), { recursive: true });
    const phone = { ...functions[0], secretVariables: 'IDENTITY_' };
    const content = {
      functions: [{ ...phone, variables: { SIGN_IN_METHODS: 'wechat,phone' } }],
      collections: [],
    };
    writeFileSync(resources, JSON.stringify(content));
    const { exitCode, output } = await deployInProcess(api, ['--env', ENV], key, {}, folder);
    expect(exitCode).toBe(1);
    expect(output).toContain(
      `login would not start: SIGN_IN_METHODS offers phone, and ${problem}.`,
    );
    expect(api.requests).toEqual([]);
  });

  test('only what differs is changed', async () => {
    const login = api.environment.functions.get('login');
    const sessions = api.environment.tables.get('sessions');
    if (login === undefined || sessions === undefined) throw new Error('not deployed');
    login.Timeout = 3;
    login.Environment.Variables.push({ Key: 'SESSIONS_PER_USER', Value: '3' });
    sessions.permission = 'READONLY';
    sessions.Indexes = [];

    const { output, exitCode } = await deploy();
    expect(exitCode).toBe(0);
    expect(output).toContain('~ function login: timeout 3 s -> 5 s');
    expect(output).toContain('~ collection sessions: permission READONLY -> ADMINONLY');
    expect(output).toContain('login keeps the variables that were set by hand: SESSIONS_PER_USER.');
    expect(changing().sort()).toEqual(
      ['ModifyResourcePermission', 'UpdateFunctionConfiguration', 'UpdateTable'].sort(),
    );
    expect(login.Environment.Variables).toEqual([{ Key: 'SESSIONS_PER_USER', Value: '3' }]);
  });

  test('another code is uploaded, another trigger replaced', async () => {
    const sweep = api.environment.functions.get('sweep');
    if (sweep === undefined) throw new Error('not deployed');
    const { code } = sweep;
    sweep.code = 'b2xk';
    sweep.Description = 'Removes what has expired. (code 000000000000)';
    sweep.Triggers = [{ TriggerName: 'daily', TriggerDesc: '0 0 3 * * * *', Type: 'timer' }];
    expect((await deploy()).output).toContain('code 000000000000 -> ');
    expect(sweep.code).toBe(code);
    expect(sweep.Triggers).toEqual([
      { TriggerName: 'hourly', TriggerDesc: '0 17 * * * * *', Type: 'timer' },
    ]);
  });

  test('a function on another runtime is replaced only when told to', async () => {
    const login = api.environment.functions.get('login');
    if (login === undefined) throw new Error('not deployed');
    login.Runtime = 'Nodejs8.9';
    login.Environment.Variables = [{ Key: 'SESSIONS_PER_USER', Value: '3' }];
    const refused = await deploy();
    expect(refused).toMatchObject({ exitCode: 1 });
    expect(refused.output).toContain('run again with --recreate');
    expect(changing()).toEqual([]);

    const replaced = await deploy(['--recreate']);
    expect(replaced.output).toContain('Done');
    expect(api.environment.functions.get('login')).toMatchObject({
      Runtime: 'Nodejs20.19',
      Environment: { Variables: [{ Key: 'SESSIONS_PER_USER', Value: '3' }] },
    });
  });

  test('a creation that failed before is made good', async () => {
    const login = api.environment.functions.get('login');
    if (login === undefined) throw new Error('not deployed');
    login.Status = 'CreateFailed';
    expect((await deploy()).output).toContain('- function login (its creation failed)');
    expect(api.environment.functions.get('login')?.Status).toBe('Active');
  });

  test('a sign-in function that lets nobody in as somebody is a failure', async () => {
    api.environment.loginAnswers = '{"ok":true}';
    const { exitCode, output } = await deploy();
    expect(exitCode).toBe(1);
    expect(output).toContain('must refuse with NO_IDENTITY');
  });
});

describe('a limit of sessions that changes', () => {
  const issuing = namesOf(({ sessions }) => sessions === 'issues');
  const checking = namesOf(({ sessions }) => sessions !== 'issues');
  /** The limits in the cloud, after each request that set one. */
  const limitsOnTheWay = (): [login: number, least: number][] => seen;
  let seen: [number, number][] = [];

  const limitOf = (name: string): number => {
    const { Variables: variables = [] } = api.environment.functions.get(name)?.Environment ?? {};
    return Number(variables.find(({ Key }) => Key === 'SESSIONS_PER_USER')?.Value ?? 1);
  };
  const giveAll = (limit: number): void => {
    for (const state of api.environment.functions.values()) {
      state.Environment.Variables = [{ Key: 'SESSIONS_PER_USER', Value: String(limit) }];
    }
  };
  const look = (): void =>
    void seen.push([Math.max(...issuing.map(limitOf)), Math.min(...checking.map(limitOf))]);
  const deployWith = (limit: number): Promise<Deployed> =>
    deployInProcess(api, ['--env', ENV], {}, { SESSIONS_PER_USER: String(limit) });

  beforeEach(() => {
    restore();
    seen = [];
    api.fail = () => {
      look();
      return undefined;
    };
  });

  test.each([
    [undefined, 3],
    [3, 2],
    [3, 1],
  ])('from %p to %p: what login issues is accepted at every moment', async (from, to) => {
    if (from !== undefined) giveAll(from);
    expect(await deployWith(to)).toMatchObject({ exitCode: 0 });
    expect(names.map(limitOf)).toEqual(names.map(() => to));
    expect(limitsOnTheWay().filter(([login, least]) => login > least)).toEqual([]);
    // It was seen on the way, and not only before and after.
    expect(limitsOnTheWay().some(([login, least]) => login < least)).toBe(true);
  });

  test('a rise that is interrupted leaves login as it was, and the next run completes it', async () => {
    api.fail = ({ action, body }) => {
      look();
      const { FunctionName } = body as { FunctionName?: string };
      const isLast = action === 'UpdateFunctionConfiguration' && FunctionName === checking.at(-1);
      return isLast ? 'LimitExceeded' : undefined;
    };
    expect(await deployWith(3)).toMatchObject({ exitCode: 1 });
    expect(limitOf('login')).toBe(1);
    expect(checking.map(limitOf)).toContain(3);

    api.fail = () => {
      look();
      return undefined;
    };
    expect(await deployWith(3)).toMatchObject({ exitCode: 0 });
    expect(names.map(limitOf)).toEqual(names.map(() => 3));
    expect(limitsOnTheWay().filter(([login, least]) => login > least)).toEqual([]);
  });

  test('a fall that is interrupted has lowered login first', async () => {
    giveAll(3);
    api.fail = ({ action, body }) => {
      const { FunctionName } = body as { FunctionName?: string };
      return action === 'UpdateFunctionConfiguration' && FunctionName !== 'login'
        ? 'LimitExceeded'
        : undefined;
    };
    expect(await deployWith(1)).toMatchObject({ exitCode: 1 });
    expect([limitOf('login'), ...checking.map(limitOf)]).toEqual([1, ...checking.map(() => 3)]);
  });

  test('a gateway that is there and left out holds it up, with the reason', async () => {
    const session = api.environment.functions.get('session');
    if (session === undefined) throw new Error('not deployed');
    api.environment.functions.set('gateway', structuredClone(session));
    const { exitCode, output } = await deployWith(3);
    expect(exitCode).toBe(1);
    expect(output).toContain('gateway would accept fewer');
    expect(changing()).toEqual([]);
  });
});

describe('when things go wrong', () => {
  test('a gateway that would not start is not sent, and its secret not shown', async () => {
    const { exitCode, output } = await deploy([], {
      GATEWAY_APPS: 'main',
      GATEWAY_MAIN_SECRET: 'very-secret-value',
    });
    expect(exitCode).toBe(1);
    expect(output).toContain('GATEWAY_MAIN_PLATFORM is missing');
    expect(output).not.toContain('very-secret-value');
    expect(api.requests).toEqual([]);
  });

  test('it waits while the platform asks to go slower', async () => {
    restore();
    api.environment.tables.delete('notes');
    let left = 2;
    api.fail = ({ action }) =>
      action === 'CreateTable' && left-- > 0 ? 'RequestLimitExceeded' : undefined;
    const { exitCode, output, waits } = await deploy();
    expect(output).not.toContain('Failed');
    expect(exitCode).toBe(0);
    expect(left).toBeLessThan(0);
    expect(waits).toEqual([500, 1000]);
  });

  test('an answer that was lost does no harm, and what was done stays done', async () => {
    restore();
    for (const name of ['sweep', 'login']) api.environment.functions.delete(name);
    api.environment.tables.delete('sessions');
    const lost = new Set(['CreateTable', 'UpdateTable', 'CreateFunction', 'BatchCreateTrigger']);
    api.fail = ({ action }) => (lost.delete(action) ? 'dropAfter' : undefined);
    const first = await deploy();
    api.fail = () => undefined;
    const second = await deploy();
    expect([first.output, second.exitCode]).toEqual([expect.any(String), 0]);
    expect(lost.size).toBe(0);
    expect([...api.environment.functions.keys()].sort()).toEqual([...names].sort());
    expect(api.environment.functions.get('sweep')?.Triggers).toHaveLength(1);
  });

  test('a failure in the middle says to a program what is done', async () => {
    restore();
    for (const name of ['notes', 'profiles']) api.environment.tables.delete(name);
    let created = 0;
    api.fail = ({ action }) =>
      action === 'CreateTable' && ++created === 2 ? 'LimitExceeded' : undefined;
    const { exitCode, report } = await deploy();
    expect(exitCode).toBe(1);
    expect(report).toMatchObject({ ok: false, verified: false });
    expect(report?.error).toMatchObject({ kind: 'api', code: 'LimitExceeded' });
    expect(report?.changes.map(({ state }) => state)).toEqual([
      ...['done', 'done', 'begun'],
      ...Array.from({ length: (report?.changes.length ?? 0) - 3 }, () => 'planned'),
    ]);
  });

  test.each([
    [{ TENCENTCLOUD_SECRETKEY: 'wrong' }, 'The SecretId or the SecretKey is wrong'],
    [{ TENCENTCLOUD_SECRETID: 'AKIDother' }, 'The SecretId or the SecretKey is wrong'],
    [{ HTTPS_PROXY: 'http://127.0.0.1:9' }, 'The management API could not be reached'],
  ])('%j: it says what to do', async (variables, advice) => {
    const { exitCode, output } = await deploy([], variables);
    expect(exitCode).toBe(1);
    expect(output).toContain(advice);
    expect(output).not.toMatch(/^\s+at /m);
    expect(output).not.toContain('fake-secret-key');
  });

  test('an environment that is not there is named', async () => {
    const { exitCode, output } = await deploy(['--env', 'gone-123']);
    expect(exitCode).toBe(1);
    expect(output).toContain('There is no such environment under this key');
  });
});
