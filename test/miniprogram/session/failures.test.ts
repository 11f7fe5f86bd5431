/** What fails around a session stops nothing. */
import { beforeEach, describe, expect, jest, test } from '@jest/globals';
import { sessionOf, SessionPhone, signedInAs } from '../support/session-phone';

let phone: SessionPhone;

beforeEach(() => {
  phone = new SessionPhone();
  jest.spyOn(console, 'warn').mockImplementation(() => undefined);
});

describe('what fails around a session stops nothing', () => {
  test('a listener that throws', async () => {
    const client = phone.start();
    client.onChange(() => {
      throw new Error('a mistake of a page');
    });
    const seen: string[] = [];
    client.onChange(({ status }) => void seen.push(status));
    const login = client.login();
    await phone.last('login').answer(signedInAs('token-1'));
    await login;
    void client.logout();
    expect(seen).toEqual(['signedOut', 'signedIn', 'signedOut']);
    expect(phone.last('logout').data).toMatchObject({ sessionToken: 'token-1' });
  });

  test('a device that cannot be read', async () => {
    phone.device = () => {
      throw new Error('getDeviceInfo:fail');
    };
    const client = phone.start();
    const login = client.login();
    expect(phone.last('login').data).toMatchObject({ device: { name: '', platform: '' } });
    await phone.last('login').answer(signedInAs('token-1'));
    expect(await login).toEqual({ status: 'signedIn', session: sessionOf('id-of-token-1') });
  });

  test('nobody who could be asked, and an asking that fails', async () => {
    const client = phone.start();
    expect(await client.call('note', {})).toEqual({ ok: false, code: 'SIGN_IN_DECLINED' });
    phone.askToSignIn = () => Promise.reject(new Error('no page'));
    expect(await client.call('note', {})).toEqual({ ok: false, code: 'SIGN_IN_DECLINED' });
  });

  test('waits are spread: phones that lost the same network do not come back at once', async () => {
    const spread = [];
    for (const random of [0, 0.5, 0.999]) {
      phone = new SessionPhone();
      phone.random = random;
      const client = phone.start();
      void client.login();
      await phone.offline('login');
      spread.push(phone.waits);
    }
    expect(new Set(spread.map(([first]) => first)).size).toBe(3);
    for (const [first = 0, second = 0] of spread) {
      expect(first).toBeGreaterThanOrEqual(150);
      expect(first).toBeLessThanOrEqual(300);
      expect(second).toBeGreaterThanOrEqual(450);
      expect(second).toBeLessThanOrEqual(900);
    }
  });
});
