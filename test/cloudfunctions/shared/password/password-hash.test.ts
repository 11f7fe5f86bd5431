import { scryptSync } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import {
  COST,
  hashPassword,
  verifyPassword,
} from '../../../../cloudfunctions/shared/password/password-hash';

/** Quick, for tests that are not about the cost. */
const CHEAP = { ln: 4, r: 1, p: 1 };
const RIGHT = { isRight: true, outdated: false };
const WRONG = { isRight: false, outdated: false };
const phcOf = (cost: string, salt: Buffer, hash: Buffer): string => {
  const [saltText, hashText] = [salt, hash].map((bytes) =>
    bytes.toString('base64').replace(/=/g, ''),
  );
  return `$scrypt$${cost}$${saltText ?? ''}$${hashText ?? ''}`;
};

describe('a password at rest', () => {
  test('is PHC text of scrypt with what OWASP asks for, and a salt of its own', async () => {
    const [first, second] = [
      await hashPassword('correct horse'),
      await hashPassword('correct horse'),
    ];
    expect(first).toMatch(/^\$scrypt\$ln=15,r=8,p=3\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(first).not.toBe(second);
    expect(await verifyPassword('correct horse', first)).toEqual(RIGHT);
    expect(await verifyPassword('correct horsf', first)).toEqual(WRONG);
  });

  test('is what scrypt of node computes from its own salt', async () => {
    const phc = await hashPassword('密码', CHEAP);
    const [, , , salt = '', hash = ''] = phc.split('$');
    const derived = scryptSync('密码', Buffer.from(salt, 'base64'), 32, { N: 16, r: 1, p: 1 });
    expect(Buffer.from(hash, 'base64')).toEqual(derived);
  });

  test('that others hashed is right as well, and outdated', async () => {
    // RFC 7914, section 12: N = 16384, r = 8, p = 1, 64 bytes.
    const hash = Buffer.from(
      '7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2' +
        'd5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887',
      'hex',
    );
    const phc = phcOf('ln=14,r=8,p=1', Buffer.from('SodiumChloride'), hash);
    expect(await verifyPassword('pleaseletmein', phc)).toEqual({ isRight: true, outdated: true });
    expect(await verifyPassword('pleaseletmeout', phc)).toEqual(WRONG);
  });

  test.each([
    ['with less memory', { ...COST, ln: 4 }, true],
    ['with smaller blocks', { ...COST, ln: 4, r: 1 }, true],
    ['with fewer passes', { ...COST, p: 1 }, true],
    ['as it is now', COST, false],
  ])('that was hashed %s is outdated: %p', async (_, cost, outdated) => {
    const phc = await hashPassword('correct horse', cost);
    expect(await verifyPassword('correct horse', phc)).toEqual({ isRight: true, outdated });
    // A wrong one is never reason to write.
    expect(await verifyPassword('wrong', phc)).toEqual(WRONG);
  });

  test('may need more memory than node allows by default', async () => {
    const cost = { ln: 16, r: 8, p: 1 };
    const phc = await hashPassword('correct horse', cost);
    expect(await verifyPassword('correct horse', phc)).toMatchObject({ isRight: true });
  });

  test.each([
    ['nothing', undefined],
    ['empty', ''],
    ['another scheme', '$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$aGFzaGhhc2hoYXNoaGFzaA'],
    ['no salt', '$scrypt$ln=4,r=1,p=1$$aGFzaGhhc2hoYXNoaGFzaA'],
    ['more memory than there is', phcOf('ln=30,r=8,p=1', Buffer.alloc(16), Buffer.alloc(32))],
    ['blocks beyond sense', phcOf('ln=4,r=99,p=1', Buffer.alloc(16), Buffer.alloc(32))],
    ['no memory', phcOf('ln=0,r=8,p=1', Buffer.alloc(16), Buffer.alloc(32))],
    ['text after it', `${phcOf('ln=4,r=1,p=1', Buffer.alloc(16), Buffer.alloc(32))}$`],
  ])('that is %s is wrong for every password, and breaks nothing', async (_, phc) => {
    expect(await verifyPassword('correct horse', phc)).toEqual(WRONG);
    expect(await verifyPassword('', phc)).toEqual(WRONG);
  });

  test('is computed one at a time, also after one that failed', async () => {
    const order: string[] = [];
    const slow = hashPassword('a', { ln: 13, r: 8, p: 1 }).then(() => order.push('slow'));
    const failed = hashPassword('b', { ln: 4, r: 0, p: 1 }).catch(() => order.push('failed'));
    const quick = hashPassword('c', CHEAP).then(() => order.push('quick'));
    await Promise.all([slow, failed, quick]);
    expect(order).toEqual(['slow', 'failed', 'quick']);
  });
});
