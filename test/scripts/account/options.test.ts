/** What the command takes, where it looks, and what the database's refusals mean. */
import { describe, expect, test } from '@jest/globals';
import { PassThrough } from 'node:stream';
import { askYesNo } from '../../../scripts/account/ask';
import type { OperatorDatabase, Place } from '../../../scripts/account/database';
import { failureOf } from '../../../scripts/account/failure';
import { policyOf } from '../../../scripts/account/policy';
import { runAccount, type AccountOptions, type Action } from '../../../scripts/account/run';
import { CommandError, UsageError } from '../../../scripts/lib/command-error';
import { readResources } from '../../../scripts/project/resources';
import { root } from '../../../scripts/project/root';
import { IDENTITY_KEY, LIN_PHONE } from './operator';

const SECRETS = { TENCENTCLOUD_SECRETID: 'id', TENCENTCLOUD_SECRETKEY: 'key' };
const LIN = { openid: 'openid-of-lin' };
const ZHOU_KEY = { account: 'wx-app:openid-of-zhou' };

/** Runs it up to the database, without a terminal. Resolves to where that would be. */
async function placeFor(
  options: AccountOptions,
  environment: Record<string, string> = SECRETS,
  action: Action = 'show',
): Promise<Place | undefined> {
  let opened: Place | undefined;
  const nothing: OperatorDatabase = {
    find: () => Promise.resolve([]),
    insert: () => Promise.reject(new Error('show writes nothing')),
    update: () => Promise.reject(new Error('show writes nothing')),
    remove: () => Promise.reject(new Error('show writes nothing')),
  };
  await runAccount(action, options, {
    root,
    environment,
    resources: () => readResources(`${root}/cloudfunctions/resources.json`),
    open(place) {
      opened = place;
      return nothing;
    },
    now: () => new Date(0),
    answer: () => undefined,
    say: () => undefined,
    complain: () => undefined,
  });
  return opened;
}

describe('wrong use is refused before anything is opened', () => {
  const env = { env: 'env-1' };
  const phone = { ...env, phone: LIN_PHONE };
  const cases: readonly [
    title: string,
    options: AccountOptions,
    message: RegExp,
    environment?: Record<string, string>,
    action?: Action,
  ][] = [
    ['nobody named', env, /by one of --openid, --account and --phone/],
    ['two named', { ...env, ...ZHOU_KEY, phone: LIN_PHONE }, /by one of --openid/],
    ['an OPENID without its appid', { ...env, ...LIN }, /pass --appid/],
    [
      'an account in the place of an OPENID',
      { ...env, openid: 'wx-a:o', appid: 'wx-a' },
      /--openid must/,
    ],
    ['an appid without an OPENID', { ...env, ...ZHOU_KEY, appid: 'wx-a' }, /--appid goes with/],
    ['an OPENID in the place of an account', { ...env, account: 'o-1' }, /--account must be/],
    ['a number without its country', { ...env, phone: '51234567' }, /--phone must be/],
    ['a number that is none', { ...env, phone: '+86 abc' }, /--phone must be/],
    ['a missing key for numbers', phone, /IDENTITY_KEY is missing/],
    ['a short key for numbers', phone, /IDENTITY_KEY is too short/, { IDENTITY_KEY: 'short' }],
    [
      'a quoted key for numbers',
      phone,
      /IDENTITY_KEY looks wrong/,
      { IDENTITY_KEY: `"${IDENTITY_KEY}"` },
    ],
    ['a reason for showing', { ...env, ...ZHOU_KEY, reason: 'x' }, /--reason goes with block/],
    [
      'a reason that is too long',
      { ...env, ...ZHOU_KEY, reason: 'x'.repeat(501), yes: true },
      /at most 500/,
      SECRETS,
      'block',
    ],
    ['both clouds', { ...env, ...ZHOU_KEY, local: true }, /either --env or --local/],
    ['a local cloud elsewhere', { ...ZHOU_KEY, local: 'http://10.0.0.1:8787' }, /--local must be/],
    [
      'a local cloud by a name that only begins well',
      { ...ZHOU_KEY, local: 'http://127.0.0.1.example.com' },
      /--local must be/,
    ],
    ['no address', { ...ZHOU_KEY, local: '8787' }, /--local must be/],
    ['no environment', ZHOU_KEY, /cloudEnvId/],
    [
      'no key to the cloud',
      { ...env, ...ZHOU_KEY },
      /TENCENTCLOUD_SECRETID and TENCENTCLOUD_SECRETKEY/,
      {},
    ],
    ['blocking unasked', { ...env, ...ZHOU_KEY }, /pass --yes/, SECRETS, 'block'],
    ['signing out unasked', { ...env, ...ZHOU_KEY }, /pass --yes/, SECRETS, 'sign-out'],
  ];
  // Named one by one, what a case leaves out would be the callback of Jest.
  test.each(cases)('%s', async (...given) => {
    const [, options, message, environment, action] = given;
    const refused = placeFor(options, environment, action);
    await expect(refused).rejects.toThrow(UsageError);
    await expect(refused).rejects.toThrow(message);
  });

  test('and a key that is wrong is never shown', async () => {
    const refused = placeFor({ env: 'e', phone: LIN_PHONE }, { IDENTITY_KEY: 'a-short-secret' });
    await expect(refused).rejects.not.toThrow(/a-short-secret/);
  });
});

describe('where it looks', () => {
  test('is the environment that is named, with the key and the proxy of the environment', async () => {
    const environment = { ...SECRETS, HTTPS_PROXY: 'http://127.0.0.1:3128' };
    expect(await placeFor({ ...ZHOU_KEY, env: 'env-1' }, environment)).toEqual({
      envId: 'env-1',
      secretId: 'id',
      secretKey: 'key',
      proxy: 'http://127.0.0.1:3128',
    });
  });

  test.each([
    [true, 'http://127.0.0.1:8787'],
    ['http://localhost:9000/', 'http://localhost:9000'],
    ['http://[::1]:9000', 'http://[::1]:9000'],
  ] as const)('is with --local %s the local cloud, which needs no key', async (local, localUrl) => {
    expect(await placeFor({ ...ZHOU_KEY, local }, {})).toEqual({ localUrl });
  });

  test('by phone in the local cloud needs no key either, and by OPENID no appid', async () => {
    expect(await placeFor({ phone: LIN_PHONE, local: true }, {})).toBeDefined();
    expect(await placeFor({ ...LIN, local: true }, {})).toBeDefined();
  });
});

describe('a failure says what to do', () => {
  const CLOUD: Place = { envId: 'env-1', secretId: 'id', secretKey: 'a-secret-key' };
  test.each([
    ['SIGN_PARAM_INVALID', 'secret id error', /SecretId or the SecretKey is wrong/],
    ['INVALID_ENV', 'env not exists', /no such environment/],
    ['DATABASE_COLLECTION_NOT_EXIST', 'x', /^The collection sessions .*npm run deploy/],
    ['ENOTFOUND', 'getaddrinfo', /Check the network, and HTTPS_PROXY/],
    ['ESOCKETTIMEDOUT', 'timeout', /Check the network/],
    ['SYS_ERR', 'busy', /could not be reached: busy \(SYS_ERR\)\. Run it again\./],
  ])('%s', (code, message, advice) => {
    const failure = failureOf({ code, message }, 'sessions', CLOUD);
    expect(failure).toBeInstanceOf(CommandError);
    expect(failure.message).toMatch(advice);
    expect(failure.message).not.toContain('a-secret-key');
  });
});

describe('the policy', () => {
  const { functions } = readResources(`${root}/cloudfunctions/resources.json`);
  const withBlocking = (names: readonly string[]) =>
    functions.map((resource) =>
      names.includes(resource.name)
        ? { ...resource, variables: { ACCOUNT_BLOCKING: 'true' } }
        : resource,
    );
  const issuing = ['login', 'login-phone', 'login-password', 'gateway'];

  test('blocks only where every function that signs in asks', () => {
    expect(policyOf(functions, {}).accountBlocking).toBe(false);
    expect(policyOf(withBlocking(issuing), {}).accountBlocking).toBe(true);
    expect(policyOf(withBlocking(issuing.slice(1)), {}).accountBlocking).toBe(false);
    expect(policyOf(functions, { ACCOUNT_BLOCKING: 'true' }).accountBlocking).toBe(true);
  });

  test('that is wrong is refused', () => {
    const refused = () => policyOf(functions, { ACCOUNT_BLOCKING: 'yes' });
    expect(refused).toThrow(CommandError);
    expect(refused).toThrow(/ACCOUNT_BLOCKING must be true or false/);
  });
});

describe('a question', () => {
  test.each([
    ['y\n', true],
    ['YES\n', true],
    ['n\n', false],
    ['\n', false],
    ['yesterday\n', false],
  ])('answered with %j is %s', async (typed, answer) => {
    const [input, output] = [new PassThrough(), new PassThrough()];
    const asked = askYesNo('Sign out?', input, output);
    input.write(typed);
    expect(await asked).toBe(answer);
    expect(String(output.read())).toContain('Sign out? [y/N]');
  });

  test('that is never answered is a no', async () => {
    const input = new PassThrough();
    const asked = askYesNo('Sign out?', input, new PassThrough());
    input.end();
    expect(await asked).toBe(false);
  });
});
