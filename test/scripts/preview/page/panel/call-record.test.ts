import { expect, test } from '@jest/globals';
import { readCallRecord } from '../../../../../scripts/preview/page/panel/call-record';

/** An app that refuses by a word. */
const refusalCode = (result: unknown) => (typeof result === 'string' ? result : undefined);

test.each([
  ['OK', 'ok', { outcome: 'ok', result: { ok: true } }],
  ['NOT_YOU', 'refused', { outcome: 'ok', result: 'NOT_YOU' }],
  ['-504002', 'failed', { outcome: 'error', errCode: -504002 }],
])('tells how a call ended: %s', (code, verdict, call) => {
  expect(readCallRecord(call, refusalCode)).toMatchObject({ code, verdict });
});

test('reads what a call did to the database, and what it asked of WeChat', () => {
  const operation = { action: 'database.getDocument', collection: 'notes', durationMs: 3 };
  const call = {
    id: 7,
    function: 'note',
    caller: { openid: 'o1', source: 'wx_client' },
    startedAt: '1970-01-01T00:00:01.000Z',
    durationMs: 12,
    cold: true,
    outcome: 'ok',
    operations: [{ ...operation, outcome: 'ok' }, operation],
    openapi: [{ name: 'phonenumber.getPhoneNumber', outcome: '40029' }],
  };
  expect(readCallRecord(call, refusalCode)).toEqual({
    id: 7,
    functionName: 'note',
    openid: 'o1',
    source: 'wx_client',
    startedAt: 1000,
    durationMs: 12,
    cold: true,
    code: 'OK',
    verdict: 'ok',
    operations: [false, true].map((failed) => ({
      action: 'getDocument',
      collection: 'notes',
      durationMs: 3,
      failed,
    })),
    openInterfaces: [{ name: 'phonenumber.getPhoneNumber', outcome: '40029' }],
    message: '',
    logs: [],
  });
});
