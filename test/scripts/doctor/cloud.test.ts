/** The doctor's look at the cloud, the command itself against the management API on loopback. */
import { afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { DoctorReport } from '../../../scripts/doctor';
import { root } from '../../../scripts/project/root';
import { readResources } from '../../../scripts/project/resources';
import { readCode } from '../../../scripts/deploy';
import { requireManagementLibrary } from '../../support/management-api/library';
import { startManagementApi, type ManagementApi } from '../../support/management-api';
import { runScript } from '../../support/run-script';

const ENV = 'prod-1g2h3i';
const { collections, functions } = readResources(`${root}/cloudfunctions/resources.json`);

let api: ManagementApi;

beforeAll(requireManagementLibrary);
beforeEach(async () => {
  api = await startManagementApi(ENV);
  const { environment } = api;
  for (const { name, permission, indexes } of collections) {
    environment.tables.set(name, {
      permission,
      Indexes: indexes.map((index) => ({
        Name: index.name,
        Keys: index.keys.map(({ field }) => ({ Name: field, Direction: '1' })),
        Unique: index.unique,
      })),
    });
  }
  for (const { name, description, timer, ...resource } of functions) {
    if (resource.onlyWith !== undefined) continue;
    const { fingerprint } = await readCode(`${root}/dist/cloudfunctions/${name}`);
    environment.functions.set(name, {
      Runtime: resource.runtime,
      MemorySize: resource.memoryMb,
      Timeout: resource.timeoutSeconds,
      Description: `${description} (code ${fingerprint})`,
      Environment: { Variables: [] },
      Triggers: timer ? [{ TriggerName: timer.name, TriggerDesc: timer.cron, Type: 'timer' }] : [],
      Status: 'Active',
      code: '',
    });
  }
});
afterEach(() => api.close());

async function doctor(): Promise<string> {
  return (await runScript('doctor', ['--env', ENV], api.variables)).output;
}

test('a cloud that holds what it must is well', async () => {
  expect(await doctor()).toContain(`ok     cloud ${ENV}`);
});

test('a program gets one document', async () => {
  const args = ['--env', ENV, '--json'];
  const { exitCode, stdout } = await runScript('doctor', args, api.variables);
  const report = JSON.parse(stdout) as DoctorReport;
  expect(report).toMatchObject({ version: 1, environment: ENV });
  expect(report.examinations).toContainEqual({ id: 'cloud', ok: true, findings: [] });
  const areOk = report.examinations.every(({ ok, findings }) => ok && findings.length === 0);
  expect([report.ok, exitCode]).toEqual([areOk, areOk ? 0 : 1]);
});

test('everything that is wrong there is named, and nothing is changed', async () => {
  const { functions: there, tables } = api.environment;
  const [login, logout, sweep] = ['login', 'logout', 'sweep'].map((name) => there.get(name));
  const sessions = tables.get('sessions');
  if (!login || !logout || !sweep || !sessions) throw new Error('the fake is empty');
  login.Runtime = 'Nodejs8.9';
  logout.Timeout = 3;
  logout.Environment.Variables = [{ Key: 'SESSIONS_PER_USER', Value: '0' }];
  sweep.Triggers = [];
  there.delete('note');
  sessions.permission = 'READONLY';
  sessions.Indexes = [];
  tables.delete('profiles');

  const said = await doctor();
  for (const expected of [
    'The function login runs on Nodejs8.9',
    'Not as described: function logout: timeout 3 s -> 5 s.',
    'The function logout would not start: the session policy is wrong: SESSIONS_PER_USER',
    'Not in the cloud: trigger sweep.hourly',
    'Not in the cloud: function note',
    'Not as described: collection sessions: permission READONLY -> ADMINONLY.',
    'Not in the cloud: index sessions.expiresAt',
    'Not in the cloud: collection profiles.',
  ]) {
    expect(said).toContain(expected);
  }
  const changing = api.requests.filter(({ action }) => !/^(Describe|List|Get)/.test(action));
  expect(changing).toEqual([]);
});

test('another key for phone numbers is not to be deployed', async () => {
  const login = api.environment.functions.get('login-phone');
  if (login === undefined) throw new Error('the fake is empty');
  login.Environment.Variables = [{ Key: 'IDENTITY_KEY', Value: 'a'.repeat(32) }];
  api.variables['IDENTITY_KEY'] = 'b'.repeat(32);
  const said = await doctor();
  expect(said).toContain('login-phone would get another IDENTITY_KEY');
  expect(said).not.toMatch(/a{32}|b{32}/);
});

test.each([
  ['no key', ['--env', ENV], {}, 'TENCENTCLOUD_SECRETID and TENCENTCLOUD_SECRETKEY'],
  ['half a key', [], { TENCENTCLOUD_SECRETID: 'AKIDhalf' }, 'set TENCENTCLOUD_SECRETKEY ('],
])('a cloud that it can not look into, for %s, is no success', async (_, args, key, missing) => {
  const { exitCode, stderr, stdout } = await runScript('doctor', args, key);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toContain(missing);
});

test('a key that is wrong is said, not thrown', async () => {
  api.variables['TENCENTCLOUD_SECRETKEY'] = 'wrong';
  const said = await doctor();
  expect(said).toContain('The SecretId or the SecretKey is wrong');
  expect(said).not.toMatch(/^\s+at /m);
});
