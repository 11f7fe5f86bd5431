import { describe, expect, test } from '@jest/globals';
import type { Reply } from '../../../../cloudfunctions/shared/session/contract';
import type { Call } from '../../../../cloudfunctions/shared/session/function-entry';
import { loginAction } from '../../../../cloudfunctions/shared/session/login-action';
import { logoutAction } from '../../../../cloudfunctions/shared/session/logout-action';
import { sessionAction } from '../../../../cloudfunctions/shared/session/session-action';
import {
  formatToken,
  newSecret,
  sessionId,
} from '../../../../cloudfunctions/shared/session/session-token';
import { LIN_ACCOUNT } from '../../../support/people';
import { sessionCalls } from './session-calls';

const { world, call } = sessionCalls(1);

describe('bad input is refused by name and reaches no query', () => {
  const token = formatToken(sessionId(LIN_ACCOUNT, 0), newSecret());
  const operator = { $ne: null };
  const megabyte = 'x'.repeat(1_000_000);
  type Action = (call: Call) => Promise<Reply<object>>;

  const cases: [string, Action, unknown, string][] = [
    ...([loginAction, logoutAction, sessionAction] as Action[]).flatMap(
      (action): [string, Action, unknown, string][] =>
        [undefined, null, 'text', 7, true, [], [{}]].map((event) => [
          action.name,
          action,
          event,
          'data',
        ]),
    ),
    ...[null, 7, [], operator, megabyte].flatMap((bad): [string, Action, unknown, string][] => [
      ['login', loginAction, { sessionToken: bad }, 'sessionToken'],
      ['logout', logoutAction, { sessionToken: bad }, 'sessionToken'],
      ['session', sessionAction, { action: 'check', sessionToken: bad }, 'sessionToken'],
      ['session', sessionAction, { action: bad, sessionToken: token }, 'action'],
      ['login', loginAction, { device: { name: bad } }, 'device.name'],
      ['login', loginAction, { device: { platform: bad } }, 'device.platform'],
    ]),
    ...[null, 7, 'phone', []].map((bad): [string, Action, unknown, string] => [
      'login',
      loginAction,
      { device: bad },
      'device',
    ]),
    ...[null, 7, 'all', operator].map((bad): [string, Action, unknown, string] => [
      'logout',
      logoutAction,
      { sessionToken: token, scope: bad },
      'scope',
    ]),
    ...[null, 7, operator, megabyte].map((bad): [string, Action, unknown, string] => [
      'session',
      sessionAction,
      { action: 'revoke', sessionToken: token, sessionId: bad },
      'sessionId',
    ]),
    ['logout', logoutAction, {}, 'sessionToken'],
    ['session', sessionAction, { action: 'check' }, 'sessionToken'],
    ['session', sessionAction, { sessionToken: token }, 'action'],
    ['session', sessionAction, { action: 'toString', sessionToken: token }, 'action'],
  ];

  test.each(cases.map(([name, action, event, field]) => ({ name, action, event, field })))(
    '$name names $field',
    async ({ action, event, field }) => {
      expect(await action(call(event))).toMatchObject({
        ok: false,
        code: 'INVALID_INPUT',
        retryable: false,
        detail: { field },
      });
      expect(world.store.operations).toEqual([]);
    },
  );
});
