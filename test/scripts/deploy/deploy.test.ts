/** `npm run deploy`, the command itself, against the management API on loopback. */
import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { root } from '../../../scripts/root';
import { readResources } from '../../../scripts/resources';
import { installTools, MANAGEMENT_LIBRARY } from '../../../scripts/tools/install-tools';
import { startManagementApi, type ManagementApi } from '../../support/management-api';
import type { FakeEnvironment } from '../../support/management-api/state';
import { runScript } from '../../support/run-script';

const ENV = 'prod-1g2h3i';
const { collections, functions } = readResources(`${root}/cloudfunctions/resources.json`);
const names = functions.filter(({ onlyWith }) => onlyWith === undefined).map(({ name }) => name);

let api: ManagementApi;

/** What a first deployment leaves. */
let deployed: Pick<FakeEnvironment, 'functions' | 'tables'>;

beforeAll(async () => {
  await installTools(MANAGEMENT_LIBRARY);
}, 120_000);
beforeEach(async () => {
  api = await startManagementApi(ENV);
});
afterEach(() => api.close());

const deploy = (args: string[] = [], variables: Record<string, string> = {}) =>
  runScript('scripts/deploy.ts', ['--no-build', '--env', ENV, ...args], {
    ...api.variables,
    ...variables,
  });

const changing = (): string[] =>
  api.requests
    .map(({ action }) => action)
    .filter((action) => !/^(Describe|List|Get|Invoke)/.test(action));

describe('into an empty environment', () => {
  test('everything is there afterwards, and a second run changes nothing', async () => {
    const first = await deploy();
    expect(first.output).toContain('Done: read back as described');
    expect(first.exitCode).toBe(0);

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

    deployed = structuredClone({ functions: environment.functions, tables: environment.tables });
    api.requests.length = 0;
    const second = await deploy();
    expect(second).toMatchObject({ exitCode: 0 });
    expect(second.output).toContain('nothing to do');
    expect(changing()).toEqual([]);
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
  beforeEach(() => {
    for (const [name, state] of deployed.functions) {
      api.environment.functions.set(name, structuredClone(state));
    }
    for (const [name, state] of deployed.tables) {
      api.environment.tables.set(name, structuredClone(state));
    }
  });

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
    let left = 2;
    api.fail = ({ action }) =>
      action === 'CreateTable' && left-- > 0 ? 'RequestLimitExceeded' : undefined;
    const { exitCode, output } = await deploy();
    expect(output).not.toContain('Failed');
    expect(exitCode).toBe(0);
    expect(left).toBeLessThan(0);
  });

  test('an answer that was lost does no harm, and what was done stays done', async () => {
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
