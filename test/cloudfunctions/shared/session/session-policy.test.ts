import { describe, expect, test } from '@jest/globals';
import { PolicyError, readPolicy } from '../../../../cloudfunctions/shared/session/read-policy';
import { defaultPolicy } from '../../../../cloudfunctions/shared/session/session-policy';

const DAY_MS = 86_400_000;

describe('the policy', () => {
  test('is one session, seven days idle, thirty days at most, renewed daily, unless told otherwise', () => {
    expect(readPolicy({ PATH: '/bin' })).toEqual(defaultPolicy);
    expect(defaultPolicy).toEqual({
      sessionsPerUser: 1,
      idleLifetimeMs: 7 * DAY_MS,
      absoluteLifetimeMs: 30 * DAY_MS,
      webSessionsPerUser: 1,
      webIdleLifetimeMs: DAY_MS,
      webAbsoluteLifetimeMs: 7 * DAY_MS,
      renewAfterMs: DAY_MS,
      trustedSources: ['wx_client', 'wx_devtools', 'wx_localdebug'],
      loginsPerMinute: 20,
      signInMethods: ['wechat'],
      phoneOpensAccounts: false,
      accountBlocking: false,
      signInHistory: 0,
    });
  });

  test('takes each value from its variable', () => {
    const variables = {
      SESSIONS_PER_USER: '16',
      SESSION_IDLE_MS: '2000',
      SESSION_ABSOLUTE_MS: '3000',
      SESSION_RENEW_AFTER_MS: '1',
      SESSION_SOURCES: 'wx_client, wx_http',
      LOGINS_PER_MINUTE: '7',
      SIGN_IN_METHODS: 'phone, wechat,password',
      PHONE_OPENS_ACCOUNTS: 'true',
      ACCOUNT_BLOCKING: 'true',
      SIGN_IN_HISTORY: '7',
      WEB_SESSIONS_PER_USER: '4',
      WEB_SESSION_IDLE_MS: '500',
      WEB_SESSION_ABSOLUTE_MS: '600',
    };
    expect(readPolicy(variables)).toEqual({
      sessionsPerUser: 16,
      idleLifetimeMs: 2000,
      absoluteLifetimeMs: 3000,
      webSessionsPerUser: 4,
      webIdleLifetimeMs: 500,
      webAbsoluteLifetimeMs: 600,
      renewAfterMs: 1,
      trustedSources: ['wx_client', 'wx_http'],
      loginsPerMinute: 7,
      signInMethods: ['phone', 'wechat', 'password'],
      phoneOpensAccounts: true,
      accountBlocking: true,
      signInHistory: 7,
    });
  });

  test.each([
    [
      'an idle lifetime as long as the absolute one',
      { SESSION_IDLE_MS: '9', SESSION_ABSOLUTE_MS: '9', SESSION_RENEW_AFTER_MS: '8' },
    ],
    [
      'the longest lifetimes',
      { SESSION_ABSOLUTE_MS: String(400 * DAY_MS), SESSION_IDLE_MS: String(400 * DAY_MS) },
    ],
    ['one session', { SESSIONS_PER_USER: '1' }],
  ])('allows %s', (_, variables) => {
    expect(() => readPolicy(variables)).not.toThrow();
  });

  const LONGEST = 400 * DAY_MS;
  test.each([
    ...['0', '17', '-1', '1.5', 'many', '', ' 2', '2 ', '0x2', '1e1', '٣'].map(
      (value) => ['SESSIONS_PER_USER', value, 'a whole number from 1 to 16'] as const,
    ),
    ...['SESSION_IDLE_MS', 'SESSION_ABSOLUTE_MS', 'SESSION_RENEW_AFTER_MS'].flatMap((name) =>
      ['0', '-5', '7d', '', String(LONGEST + 1), '9'.repeat(30)].map(
        (value) => [name, value, `a whole number from 1 to ${LONGEST}`] as const,
      ),
    ),
    ...['0', '-1', '2.5', 'many', '', '1000001'].map(
      (value) => ['LOGINS_PER_MINUTE', value, 'a whole number from 1 to 1000000'] as const,
    ),
    ...['', 'wx_client,', 'wx_klient', 'wx_client wx_http', '*'].map(
      (value) => ['SESSION_SOURCES', value, 'one or more of wx_client, wx_devtools'] as const,
    ),
    ...['', 'phone', 'wechat,wechat', 'wechat,sms', 'wechat;phone', 'WeChat'].map(
      (value) => ['SIGN_IN_METHODS', value, 'wechat, or wechat with phone, password'] as const,
    ),
    ...['PHONE_OPENS_ACCOUNTS', 'ACCOUNT_BLOCKING'].flatMap((name) =>
      ['', 'yes', '1', 'TRUE'].map((value) => [name, value, 'true or false'] as const),
    ),
    ...['', '-1', '101', '1.5', 'yes'].map(
      (value) => ['SIGN_IN_HISTORY', value, 'true, false or a whole number from 0 to 100'] as const,
    ),
  ])('refuses %s=%j and says what it must be', (name, value, rule) => {
    const read = () => readPolicy({ [name]: value });
    expect(read).toThrow(PolicyError);
    expect(read).toThrow(`${name} must be ${rule}`);
    expect(read).toThrow(`not ${JSON.stringify(value)}`);
  });

  test.each([
    [
      { SESSION_IDLE_MS: '10', SESSION_ABSOLUTE_MS: '9', SESSION_RENEW_AFTER_MS: '1' },
      'SESSION_IDLE_MS (10) must not be longer than SESSION_ABSOLUTE_MS (9)',
    ],
    [
      { SESSION_IDLE_MS: '10', SESSION_RENEW_AFTER_MS: '10' },
      'SESSION_RENEW_AFTER_MS (10) must be shorter than SESSION_IDLE_MS (10)',
    ],
  ])('refuses values that do not go together: %j', (variables, text) => {
    expect(() => readPolicy(variables)).toThrow(text);
  });

  test('names everything that is wrong at once', () => {
    const variables = { SESSIONS_PER_USER: '0', SESSION_IDLE_MS: 'x', SESSION_SOURCES: 'y' };
    const read = () => readPolicy(variables);
    expect(read).toThrow(
      /^the session policy is wrong: SESSIONS_PER_USER must .*"0"; SESSION_IDLE_MS must .*"x"; SESSION_SOURCES must .*"y"$/,
    );
  });
});
