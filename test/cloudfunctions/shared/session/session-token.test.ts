import { describe, expect, test } from '@jest/globals';
import {
  formatToken,
  hashesEqual,
  hashSecret,
  newSecret,
  parseToken,
  sessionId,
} from '../../../../cloudfunctions/shared/session/session-token';
import { ownAccount } from '../../../../cloudfunctions/shared/identity/account';
import { LIN, LIN_ACCOUNT, ZHOU_ACCOUNT } from '../../../support/people';

describe('a session id', () => {
  test('is the same for the same person, app and slot, and different for any other', () => {
    const ids = [
      sessionId(LIN_ACCOUNT, 0),
      sessionId(LIN_ACCOUNT, 1),
      sessionId(ZHOU_ACCOUNT, 0),
      sessionId(ownAccount({ ...LIN, appid: 'wx-other' }), 0),
    ];
    expect(sessionId(LIN_ACCOUNT, 0)).toBe(ids[0]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('is base64url(SHA-256(appid ":" openid ":" slot)), which documents in the cloud already use', () => {
    // printf 'wx-app:openid-of-lin:0' | openssl dgst -sha256 -binary | basenc --base64url
    expect(sessionId(LIN_ACCOUNT, 0)).toBe('_JroyPEVS1zV8swAg5wdopUQtUczd5bVZr-9msUCwaM');
  });
});

describe('a token', () => {
  test('comes back from parsing as it was formatted', () => {
    const id = sessionId(LIN_ACCOUNT, 0);
    const secret = newSecret();
    expect(parseToken(formatToken(id, secret))).toEqual({ id, secret });
  });

  test('carries 256 bits that are new each time', () => {
    const secrets = Array.from({ length: 1000 }, () => newSecret());
    expect(new Set(secrets).size).toBe(1000);
    expect(Buffer.from(newSecret(), 'base64url')).toHaveLength(32);
  });

  test.each([
    '',
    '.',
    'a.b',
    'x'.repeat(43),
    `${'x'.repeat(43)}.`,
    `${'x'.repeat(43)}.${'y'.repeat(42)}`,
    `${'x'.repeat(43)}.${'y'.repeat(44)}`,
    `${'x'.repeat(43)}.${'y'.repeat(43)}.z`,
    `${'x'.repeat(43)}.${'y'.repeat(43)}\n`,
    ` ${'x'.repeat(43)}.${'y'.repeat(43)}`,
    `${'x'.repeat(43)}.${'='.repeat(43)}`,
  ])('that no login issued is not parsed: %j', (text) => {
    expect(parseToken(text)).toBeUndefined();
  });
});

describe('a hash', () => {
  test('equals itself and no other', () => {
    const [a, b] = [hashSecret(newSecret()), hashSecret(newSecret())];
    expect(hashesEqual(a, a)).toBe(true);
    expect(hashesEqual(a, b)).toBe(false);
  });

  test('of another length is unequal instead of an error', () => {
    const hash = hashSecret(newSecret());
    expect(hashesEqual(hash, hash.slice(1) as typeof hash)).toBe(false);
  });
});
