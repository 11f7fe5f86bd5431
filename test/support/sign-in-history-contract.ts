import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { SignIn, SignInHistory } from '#functions/testing';
import { LIN_ACCOUNT, PHONE, ZHOU_ACCOUNT } from './people';
import { AT } from './sessions';

interface HistoryUnderTest {
  history: SignInHistory;
  close: () => Promise<void>;
}

const LENGTH = 3;

/** What every implementation of `SignInHistory` must do. */
export function describeSignInHistory(
  name: string,
  open: (length: number) => Promise<HistoryUnderTest>,
): void {
  describe(`${name} keeps the contract of a record of sign-ins`, () => {
    let history: SignInHistory;
    let close: HistoryUnderTest['close'];

    beforeEach(async () => {
      ({ history, close } = await open(LENGTH));
    });
    afterEach(() => close());

    const at = (ms: number): SignIn => ({ at: new Date(AT + ms), kind: 'wechat', device: PHONE });
    const refused = (ms: number): SignIn => ({
      ...at(ms),
      kind: 'password',
      refused: 'IDENTITY_UNKNOWN',
    });

    test('of somebody who never signed in is empty', async () => {
      expect(await history.read(LIN_ACCOUNT)).toEqual([]);
    });

    test('has the latest first, refused ones too, each account for itself', async () => {
      await history.add(LIN_ACCOUNT, at(1));
      await history.addRefused(LIN_ACCOUNT, refused(2));
      await history.add(ZHOU_ACCOUNT, at(3));
      expect(await history.read(LIN_ACCOUNT)).toEqual([refused(2), at(1)]);
      expect(await history.read(ZHOU_ACCOUNT)).toEqual([at(3)]);
    });

    test('keeps the last, and no more', async () => {
      for (const ms of [1, 2]) await history.add(LIN_ACCOUNT, at(ms));
      for (const ms of [3, 4, 5]) await history.addRefused(LIN_ACCOUNT, refused(ms));
      expect(await history.read(LIN_ACCOUNT)).toEqual([refused(5), refused(4), refused(3)]);
    });

    test('loses none of several at once', async () => {
      await Promise.all([1, 2, 3].map((ms) => history.add(LIN_ACCOUNT, at(ms))));
      const times = (await history.read(LIN_ACCOUNT)).map((one) => one.at.getTime() - AT);
      expect(times.sort()).toEqual([1, 2, 3]);
    });

    test('is not begun by one that was refused, whether there is such an account or not', async () => {
      await history.addRefused(LIN_ACCOUNT, refused(1));
      await history.addRefused(undefined, refused(1));
      await history.add(ZHOU_ACCOUNT, at(2));
      expect(await history.read(LIN_ACCOUNT)).toEqual([]);
      expect(await history.read(ZHOU_ACCOUNT)).toEqual([at(2)]);
    });

    test('is removed for one account, and begins anew', async () => {
      await history.add(LIN_ACCOUNT, at(1));
      await history.add(ZHOU_ACCOUNT, at(1));
      await history.remove(LIN_ACCOUNT);
      await history.remove(LIN_ACCOUNT);
      expect(await history.read(LIN_ACCOUNT)).toEqual([]);
      expect(await history.read(ZHOU_ACCOUNT)).toEqual([at(1)]);
      await history.add(LIN_ACCOUNT, at(2));
      expect(await history.read(LIN_ACCOUNT)).toEqual([at(2)]);
    });
  });
}
