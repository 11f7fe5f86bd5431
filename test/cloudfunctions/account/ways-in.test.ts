/** Deletion, the record of sign-ins and blocking, where there are several ways in. */
import { describe, expect, test } from '@jest/globals';
import { personKey } from '../../../cloudfunctions/shared/identity/account';
import { LIN, LIN_ACCOUNT, PHONE, ZHOU, ZHOU_ACCOUNT } from '../../support/people';
import { PASSWORD, severalWaysIn } from '../../support/several-ways-in';

const app = severalWaysIn({ SIGN_IN_HISTORY: '3', ACCOUNT_BLOCKING: 'true' });
const { call, identity, signIn, setPassword, signInByPassword, passwordLogin, numberIs } = app;
const { linkPhone, note, saveNote, check, waysIn } = app;

const remove = (caller: typeof LIN, sessionToken: string) =>
  call('account', caller, { action: 'delete', sessionToken });
const history = async (caller: typeof LIN, sessionToken: string) =>
  (await identity(caller, sessionToken, 'history'))['signIns'];

describe('deleting an account', () => {
  test('from another WeChat removes its ways in, its data and its record, and nothing else', async () => {
    const [lin, zhou] = [await signIn(), await signIn(ZHOU)];
    await saveNote(LIN, lin, 'of Lin');
    await saveNote(ZHOU, zhou, 'of Zhou');
    await setPassword(ZHOU, zhou, 'zhou');
    await numberIs();
    await linkPhone(LIN, lin);
    await setPassword(LIN, lin);
    const asLin = await signInByPassword(ZHOU);
    expect(await remove(ZHOU, asLin)).toEqual({ ok: true, deleted: true });
    for (const [caller, token] of [
      [LIN, lin],
      [ZHOU, asLin],
    ] as const) {
      expect(await check(caller, token)).toBe('SESSION_MISSING');
    }
    const identities = await app.cloud.documents('identities');
    expect(identities.map(({ account }) => account)).toEqual([ZHOU_ACCOUNT, ZHOU_ACCOUNT]);
    expect((await app.cloud.documents('sign_ins')).map(({ _id }) => _id)).toEqual([
      personKey(ZHOU_ACCOUNT),
    ]);
    expect(await note(ZHOU, zhou)).toBe('of Zhou');
    expect(await passwordLogin(ZHOU)).toMatchObject({ code: 'IDENTITY_UNKNOWN' });
    // A clean start: the number and the name are free again.
    const again = await signIn();
    expect(await note(LIN, again)).toBe('');
    expect(await linkPhone(LIN, again)).toMatchObject({ ok: true });
    expect(await setPassword(LIN, again)).toMatchObject({ ok: true });
  });

  test('that was linked to by a second WeChat sends that home', async () => {
    const zhou = await signIn(ZHOU);
    await saveNote(ZHOU, zhou, 'of Zhou');
    const lin = await signIn();
    await setPassword(LIN, lin);
    await identity(ZHOU, await signInByPassword(ZHOU), 'link-wechat');
    await remove(LIN, lin);
    expect(await app.cloud.documents('identities')).toEqual([]);
    expect(await note(ZHOU, await signIn(ZHOU))).toBe('of Zhou');
  });

  test('that its founder has left does not touch the founder', async () => {
    const lin = await signIn();
    await setPassword(LIN, lin);
    const asLin = await signInByPassword(ZHOU);
    const identityId = await app.idOf(LIN, lin, 'wechat');
    await identity(ZHOU, asLin, 'unlink', { identityId });
    const begun = await signIn();
    await saveNote(LIN, begun, 'begun anew');
    expect(await remove(ZHOU, asLin)).toEqual({ ok: true, deleted: true });
    expect(await check(LIN, begun)).toBe(true);
    expect(await note(LIN, await signIn())).toBe('begun anew');
    // And the other way round: what begins under the first key later is not Lin's.
    expect(await remove(LIN, await signIn())).toEqual({ ok: true, deleted: true });
    expect((await waysIn(LIN, await signIn())).map(({ kind }) => kind)).toEqual(['wechat']);
  });
});

describe('the record of sign-ins', () => {
  test('has each way in and what was refused, the latest first, three at most', async () => {
    const lin = await signIn();
    await setPassword(LIN, lin);
    await passwordLogin(ZHOU, 'lin', 'another horse battery');
    await passwordLogin(ZHOU);
    const at = expect.any(Number);
    const expected = [
      { at, kind: 'password', device: PHONE },
      { at, kind: 'password', device: PHONE, refused: 'IDENTITY_UNKNOWN' },
      { at, kind: 'wechat', device: PHONE },
    ];
    expect(await history(LIN, lin)).toEqual(expected);
    await signIn();
    expect(await history(LIN, lin)).toEqual([expected[2], ...expected.slice(0, 2)]);
    expect(await history(ZHOU, await signIn(ZHOU))).toEqual([expected[2]]);
  });
});

describe('a number that is refused on another WeChat', () => {
  test('is in the record of the account that it is linked to, for its owner to see', async () => {
    const lin = await signIn();
    await numberIs();
    await linkPhone(LIN, lin);
    expect(await app.phoneLogin(ZHOU)).toMatchObject({ code: 'IDENTITY_TAKEN' });
    expect(await history(LIN, lin)).toMatchObject([
      { kind: 'phone', device: PHONE, refused: 'IDENTITY_TAKEN' },
      { kind: 'wechat' },
    ]);
  });
});

describe('an account that is blocked', () => {
  const block = () =>
    app.cloud.control({ seed: { blocked_accounts: [{ _id: personKey(LIN_ACCOUNT) }] } });

  test('opens by no way in, and says so only to who proved to be in it', async () => {
    const lin = await signIn();
    await setPassword(LIN, lin);
    await numberIs();
    await linkPhone(LIN, lin);
    await block();
    const blocked = { ok: false, code: 'ACCOUNT_BLOCKED', retryable: false };
    expect(await call('login', LIN, {})).toMatchObject(blocked);
    expect(await app.phoneLogin(LIN)).toMatchObject(blocked);
    expect(await passwordLogin(ZHOU)).toMatchObject(blocked);
    expect(await passwordLogin(ZHOU, 'lin', `${PASSWORD}!`)).toMatchObject({
      code: 'IDENTITY_UNKNOWN',
    });
    expect(await call('login', ZHOU, {})).toMatchObject({ ok: true });
    // No session is left of what was refused.
    const sessions = await app.cloud.documents('sessions');
    expect(
      sessions.filter(({ openid, account }) => openid === LIN.openid || account === LIN_ACCOUNT),
    ).toHaveLength(1);
    // The record shows it to the owner, whose session an operator would end besides.
    expect(await history(LIN, lin)).toMatchObject([
      { kind: 'password', refused: 'IDENTITY_UNKNOWN' },
      { kind: 'password', refused: 'ACCOUNT_BLOCKED' },
      { kind: 'phone', refused: 'ACCOUNT_BLOCKED' },
    ]);
  });

  test('gains no way in by a sign-in that is refused', async () => {
    await numberIs();
    await block();
    expect(await app.phoneLogin(LIN)).toMatchObject({ code: 'ACCOUNT_BLOCKED' });
    expect(await app.cloud.documents('identities')).toEqual([]);
  });
});
