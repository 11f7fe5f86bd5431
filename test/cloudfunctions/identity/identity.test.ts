import { describe, expect, test } from '@jest/globals';
import { LIN, LIN_ACCOUNT, ZHOU } from '../../support/people';
import { LIN_NUMBER, PASSWORD, severalWaysIn, TEN_MINUTES_MS } from '../../support/several-ways-in';

const app = severalWaysIn();
const { call, identity, signIn, linkPhone, setPassword, waysIn, idOf, check, note, saveNote } = app;
const { signInByPassword, passwordLogin, phoneLogin, numberIs, kept, newCode } = app;
const WANG = { openid: 'openid-of-wang', appid: 'wx-app' };

const refusal = (code: string, detail?: object) => ({
  ok: false,
  code,
  ...(detail !== undefined && { detail }),
});

describe('the ways into an account', () => {
  test('of somebody who has linked nothing are their WeChat, for which nothing is kept', async () => {
    const token = await signIn();
    expect(await waysIn(LIN, token)).toEqual([
      {
        id: expect.any(String),
        kind: 'wechat',
        label: 'iPhone 15',
        createdAt: expect.any(Number),
        current: true,
      },
    ]);
    expect(await app.cloud.documents('identities')).toEqual([]);
  });

  test('are listed the oldest first, masked, with the one that was used', async () => {
    const token = await signIn();
    await numberIs();
    expect(await linkPhone(LIN, token)).toMatchObject({
      ok: true,
      identity: { kind: 'phone', label: '138****5678', current: false },
    });
    expect(await setPassword(LIN, token)).toMatchObject({
      ok: true,
      identity: { kind: 'password', label: 'l***n', current: false },
    });
    const seen = (await waysIn(LIN, token)).map(({ kind, label, current }) => [
      kind,
      label,
      current,
    ]);
    expect(seen).toEqual([
      ['wechat', 'iPhone 15', true],
      ['phone', '138****5678', false],
      ['password', 'l***n', false],
    ]);
    const other = await signInByPassword(ZHOU);
    const current = (await waysIn(ZHOU, other)).filter((one) => one['current']);
    expect(current).toMatchObject([{ kind: 'password' }]);
  });

  test('hold no number, no name and no password', async () => {
    const token = await signIn();
    await numberIs();
    await linkPhone(LIN, token);
    await setPassword(LIN, token, 'linxiaoyu');
    await signInByPassword(ZHOU, 'linxiaoyu');
    await passwordLogin(ZHOU, 'linxiaoyu', 'wrong password');
    const logs = JSON.stringify((await app.cloud.calls()).map((record) => record.logs));
    expect(logs).toContain('set-password');
    const documents = JSON.stringify(await kept());
    expect(documents).toContain('l***u');
    for (const secret of [LIN_NUMBER, PASSWORD, 'linxiaoyu']) {
      expect([logs.includes(secret), documents.includes(secret)]).toEqual([false, false]);
    }
  });
});

describe('linking', () => {
  test('what is linked already is answered as it is', async () => {
    const token = await signIn();
    await numberIs();
    const first = await linkPhone(LIN, token);
    const before = await app.cloud.documents('identities');
    expect(await linkPhone(LIN, token)).toEqual(first);
    expect(await identity(LIN, token, 'link-wechat')).toMatchObject({
      ok: true,
      identity: { kind: 'wechat', current: true },
    });
    expect(await app.cloud.documents('identities')).toEqual(before);
  });

  test('a number, a name or a WeChat of another account is refused, and changes nothing', async () => {
    const [lin, zhou] = [await signIn(), await signIn(ZHOU)];
    await numberIs();
    await linkPhone(LIN, lin);
    await setPassword(LIN, lin);
    const before = await kept();
    expect(await linkPhone(ZHOU, zhou)).toMatchObject(refusal('IDENTITY_TAKEN'));
    expect(await setPassword(ZHOU, zhou, 'LIN')).toMatchObject(refusal('IDENTITY_TAKEN'));
    expect(await kept()).toEqual(before);
    // Zhou's own account has another way in: it would be taken from whoever uses that.
    await setPassword(ZHOU, zhou, 'zhou');
    const asLin = await signInByPassword(ZHOU);
    const between = await kept();
    expect(await identity(ZHOU, asLin, 'link-wechat')).toMatchObject(refusal('IDENTITY_TAKEN'));
    expect(await kept()).toEqual(between);
  });

  test('a second WeChat brings it into the account; unlinked, it is at home again', async () => {
    const [lin, zhou] = [await signIn(), await signIn(ZHOU)];
    await saveNote(LIN, lin, 'of Lin');
    await saveNote(ZHOU, zhou, 'of Zhou');
    await setPassword(LIN, lin);
    const asLin = await signInByPassword(ZHOU);
    // Not linked by that: linking is an act of its own.
    expect(await note(ZHOU, await signIn(ZHOU))).toBe('of Zhou');
    const linked = await identity(ZHOU, asLin, 'link-wechat');
    expect(linked).toMatchObject({ ok: true, identity: { kind: 'wechat', current: false } });
    // The sessions by which it was in its own account have ended.
    expect(await check(ZHOU, zhou)).toBe('SESSION_REVOKED');
    const byWechat = await signIn(ZHOU);
    expect(await note(ZHOU, byWechat)).toBe('of Lin');
    const { id } = linked['identity'] as { id: string };
    expect(await identity(LIN, lin, 'unlink', { identityId: id })).toEqual({ ok: true, ended: 1 });
    expect(await check(ZHOU, byWechat)).toBe('SESSION_REVOKED');
    // What came in by the password stays.
    expect(await note(ZHOU, asLin)).toBe('of Lin');
    expect(await note(ZHOU, await signIn(ZHOU))).toBe('of Zhou');
  });

  test('needs a session that is good, and a code that is', async () => {
    const token = await signIn();
    await call('logout', LIN, { sessionToken: token });
    await numberIs();
    expect((await linkPhone(LIN, token))['code']).toMatch(/^SESSION_/);
    expect(await app.cloud.documents('identities')).toEqual([]);
  });
});

describe('unlinking', () => {
  test('never takes the last way in, with a document or without', async () => {
    const token = await signIn();
    const own = await idOf(LIN, token, 'wechat');
    const before = await kept();
    expect(await identity(LIN, token, 'unlink', { identityId: own })).toMatchObject(
      refusal('LAST_IDENTITY'),
    );
    expect(await kept()).toEqual(before);
    await numberIs();
    await linkPhone(LIN, token);
    // A number alone opens nothing here, so it can't be what is left.
    expect(await identity(LIN, token, 'unlink', { identityId: own })).toMatchObject(
      refusal('LAST_IDENTITY'),
    );
    const phone = await idOf(LIN, token, 'phone');
    expect(await identity(LIN, token, 'unlink', { identityId: phone })).toEqual({
      ok: true,
      ended: 0,
    });
    expect(await waysIn(LIN, token)).toHaveLength(1);
  });

  test('the WeChat that founded the account leaves that to the others, and begins anew', async () => {
    const lin = await signIn();
    await saveNote(LIN, lin, 'of the account');
    await setPassword(LIN, lin);
    const asLin = await signInByPassword(ZHOU);
    const own = await idOf(LIN, lin, 'wechat');
    expect(await identity(ZHOU, asLin, 'unlink', { identityId: own })).toEqual({
      ok: true,
      ended: 1,
    });
    expect(await check(LIN, lin)).toBe('SESSION_REVOKED');
    const again = await signIn();
    expect(await note(LIN, again)).toBe('');
    expect(await note(ZHOU, asLin)).toBe('of the account');
    expect((await waysIn(LIN, again)).map(({ kind }) => kind)).toEqual(['wechat']);
    expect((await waysIn(ZHOU, asLin)).map(({ kind }) => kind)).toEqual(['password']);
    expect((await waysIn(LIN, again))[0]?.['id']).toBe(own);
  });

  test('the way in of this very session ends it', async () => {
    await setPassword(LIN, await signIn());
    const asLin = await signInByPassword(ZHOU);
    const identityId = await idOf(ZHOU, asLin, 'password');
    expect(await identity(ZHOU, asLin, 'unlink', { identityId })).toEqual({ ok: true, ended: 1 });
    expect(await check(ZHOU, asLin)).toBe('SESSION_REVOKED');
    expect(await passwordLogin(ZHOU)).toMatchObject(refusal('IDENTITY_UNKNOWN'));
  });

  test('of two phones that unlink each other’s way in at once leaves one', async () => {
    const lin = await signIn();
    await setPassword(LIN, lin);
    const zhou = await signInByPassword(ZHOU);
    const [wechat, password] = [await idOf(LIN, lin, 'wechat'), await idOf(LIN, lin, 'password')];
    await Promise.all([
      identity(LIN, lin, 'unlink', { identityId: password }),
      identity(ZHOU, zhou, 'unlink', { identityId: wechat }),
    ]);
    const left = await app.cloud.documents('identities');
    expect(left.filter(({ account }) => account === LIN_ACCOUNT)).toHaveLength(1);
  });

  test.each(['somebody else’s', 'one that never was'])(
    '%s is unknown, and changes nothing',
    async (which) => {
      const [lin, zhou] = [await signIn(), await signIn(ZHOU)];
      await setPassword(ZHOU, zhou, 'zhou');
      await setPassword(LIN, lin);
      const identityId =
        which === 'one that never was' ? 'x'.repeat(43) : await idOf(ZHOU, zhou, 'password');
      const before = await kept();
      expect(await identity(LIN, lin, 'unlink', { identityId })).toMatchObject(
        refusal('IDENTITY_UNKNOWN', { field: 'identityId' }),
      );
      expect(await kept()).toEqual(before);
    },
  );
});

describe('the password', () => {
  test.each([
    ['password', 'short', 'lin', 'seven77'],
    ['password', 'short', 'lin', 'ﷺ'],
    ['password', 'long', 'lin', 'pass word '.repeat(13)],
    ['password', 'common', 'lin', 'woaini1314'],
    ['password', 'name', 'xiaoyulin', 'xiaoyulin1'],
    ['password', undefined, 'lin', 'control\u0000characters'],
    ['password', undefined, 'lin', { $ne: null }],
    ['password', undefined, 'lin', undefined],
    ['name', undefined, 'li\u0007n', PASSWORD],
    ['name', undefined, 'l', PASSWORD],
    ['name', undefined, 'n'.repeat(65), PASSWORD],
    ['name', undefined, { $ne: null }, PASSWORD],
  ])('is refused by its field: %s, reason %p', async (field, reason, name, password) => {
    const token = await signIn();
    const before = await kept();
    expect(await identity(LIN, token, 'set-password', { name, password })).toMatchObject({
      ok: false,
      code: 'INVALID_INPUT',
      detail: { field, ...(reason !== undefined && { reason }) },
    });
    expect(await kept()).toEqual(before);
  });

  test('that is changed ends who came in by the one before, but not who changes it', async () => {
    await setPassword(LIN, await signIn());
    const [zhou, wang] = [await signInByPassword(ZHOU), await signInByPassword(WANG)];
    expect(await setPassword(ZHOU, zhou, 'lin', 'another horse battery')).toMatchObject({
      ok: true,
      identity: { current: true },
    });
    expect(await check(ZHOU, zhou)).toBe(true);
    expect(await check(WANG, wang)).toBe('SESSION_REVOKED');
    expect(await passwordLogin(WANG)).toMatchObject(refusal('IDENTITY_UNKNOWN'));
    expect(await passwordLogin(WANG, 'lin', 'another horse battery')).toMatchObject({ ok: true });
  });

  test('takes the place of the one before, also under another name, which is free then', async () => {
    const lin = await signIn();
    await setPassword(LIN, lin, 'lin');
    const zhou = await signInByPassword(ZHOU, 'lin');
    expect(await setPassword(ZHOU, zhou, 'linxiaoyu')).toMatchObject({ ok: true });
    expect((await waysIn(ZHOU, zhou)).map(({ kind, current }) => [kind, current])).toEqual([
      ['wechat', false],
      ['password', true],
    ]);
    expect(await passwordLogin(WANG, 'lin')).toMatchObject(refusal('IDENTITY_UNKNOWN'));
    expect(await setPassword(WANG, await signIn(WANG), 'lin')).toMatchObject({ ok: true });
    const identityId = await idOf(ZHOU, zhou, 'password');
    expect(await identity(LIN, lin, 'unlink', { identityId })).toEqual({ ok: true, ended: 1 });
    expect(await check(ZHOU, zhou)).toBe('SESSION_REVOKED');
  });
});

describe('what can’t be undone', () => {
  test('needs a sign-in of the last ten minutes; looking does not', async () => {
    const token = await signIn();
    await numberIs();
    await app.advance(TEN_MINUTES_MS + 1_000);
    const before = await kept();
    const identityId = await idOf(LIN, token, 'wechat');
    const refused = refusal('SESSION_NOT_FRESH');
    expect(await linkPhone(LIN, token)).toMatchObject(refused);
    expect(await setPassword(LIN, token)).toMatchObject(refused);
    expect(await identity(LIN, token, 'link-wechat')).toMatchObject(refused);
    expect(await identity(LIN, token, 'unlink', { identityId })).toMatchObject(refused);
    expect(await call('account', LIN, { action: 'delete', sessionToken: token })).toMatchObject(
      refused,
    );
    expect(await kept()).toEqual(before);
    const fresh = await signIn(LIN, { sessionToken: token, again: true });
    expect(await setPassword(LIN, fresh)).toMatchObject({ ok: true });
  });

  test('goes on in no other account, by whichever way somebody signs in again', async () => {
    const lin = await signIn();
    await setPassword(LIN, lin);
    const asLin = await signInByPassword(ZHOU);
    const before = await kept();
    const again = { sessionToken: asLin, again: true };
    const taken = refusal('IDENTITY_TAKEN');
    await numberIs('13911112222');
    expect(await call('login', ZHOU, again)).toMatchObject(taken);
    expect(await phoneLogin(ZHOU, again)).toMatchObject(taken);
    expect(await call('login', ZHOU, { again: true })).toMatchObject(taken);
    expect(await kept()).toEqual(before);
    expect(await passwordLogin(ZHOU, 'lin', PASSWORD, again)).toMatchObject({ ok: true });
  });
});

describe('bad input', () => {
  test.each([
    ['action', { action: undefined }],
    ['action', { action: 'take-over' }],
    ['action', { action: { $ne: null } }],
    ['sessionToken', { sessionToken: { $ne: null }, action: 'list' }],
    ['code', { action: 'link-phone' }],
    ['code', { action: 'link-phone', code: '' }],
    ['code', { action: 'link-phone', code: { $ne: null } }],
    ['code', { action: 'link-phone', code: 'x'.repeat(257) }],
    ['identityId', { action: 'unlink' }],
    ['identityId', { action: 'unlink', identityId: { $ne: null } }],
    ['identityId', { action: 'unlink', identityId: 'x'.repeat(65) }],
    ['identityId', { action: 'unlink', identityId: '../x' }],
  ])('is refused by the field %s: %j', async (field, data) => {
    const sessionToken = await signIn();
    const before = await kept();
    expect(await call('identity', LIN, { sessionToken, ...data })).toMatchObject(
      refusal('INVALID_INPUT', { field }),
    );
    expect(await kept()).toEqual(before);
  });

  test('a code that was used, or is of another mini program, is refused by its field', async () => {
    const sessionToken = await signIn();
    const code = newCode();
    const link = () => call('identity', LIN, { sessionToken, action: 'link-phone', code });
    expect(await link()).toMatchObject({ ok: true });
    const before = await kept();
    expect(await link()).toMatchObject(refusal('INVALID_INPUT', { field: 'code' }));
    await app.weChatRefuses(40013);
    expect(await linkPhone(LIN, sessionToken)).toMatchObject(
      refusal('INVALID_INPUT', { field: 'code' }),
    );
    expect(await kept()).toEqual(before);
  });

  test('what WeChat does not answer is no bug, and may be tried again', async () => {
    const token = await signIn();
    for (const errcode of [-1, 45009, -604101]) {
      await app.weChatRefuses(errcode);
      expect(await linkPhone(LIN, token)).toMatchObject({ code: 'UNAVAILABLE', retryable: true });
    }
    await numberIs('', '86');
    expect(await linkPhone(LIN, token)).toMatchObject({ code: 'UNAVAILABLE', retryable: true });
    expect(await app.cloud.documents('identities')).toEqual([]);
  });

  test('a token of somebody else opens nothing', async () => {
    const lin = await signIn();
    await setPassword(LIN, lin);
    const before = await kept();
    for (const action of ['list', 'link-wechat']) {
      expect(await identity(ZHOU, lin, action)).toMatchObject(refusal('SESSION_MISSING'));
    }
    expect(await kept()).toEqual(before);
  });
});
