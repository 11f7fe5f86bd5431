/** (e) A copy of the database opens nothing. */
import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { defaultPolicy } from '../../../cloudfunctions/shared/session/session-policy';
import { openCloud } from '../../support/local-cloud';
import { LIN, ZHOU } from '../../support/people';
import { tokenFrom } from '../../support/promises/ways-in-world';
import { WebSignInWorld } from '../../support/promises/web-sign-in-world';
import { LIN_NUMBER, PASSWORD, severalWaysIn } from '../../support/several-ways-in';

/** Every text in a value, however deep. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null || value instanceof Date) return [];
  return Object.entries(value).flatMap(([name, part]) => [name, ...textsIn(part)]);
}

test('no value of a database dump is a token, alone or together with another', async () => {
  const cloud = await openCloud();
  try {
    const people = ['lin', 'zhou'].map((openid) => ({ openid, appid: 'wx-app' }));
    for (const caller of people) {
      await cloud.call('login', caller, { device: { name: 'phone', platform: 'ios' } });
    }
    const dump = await cloud.documents('sessions');
    expect(dump).toHaveLength(people.length);
    const texts = [...new Set(textsIn(dump))];
    const pairs = texts.flatMap((id) => texts.map((secret) => `${id}.${secret}`));
    const hashes = dump.map(({ tokenHash }) => String(tokenHash));
    expect(texts).toEqual(expect.arrayContaining(hashes));

    for (const caller of people) {
      for (const sessionToken of [...texts, ...pairs]) {
        const reply = await cloud.call('session', caller, { action: 'check', sessionToken });
        expect(reply['ok']).toBe(false);
      }
    }
  } finally {
    await cloud.close();
  }
});

describe('while a web page signs in by a phone', () => {
  const policy = { ...defaultPolicy, sessionsPerUser: 2 };

  /** All that somebody can put together from what is stored. */
  function madeOf(world: WebSignInWorld): string[] {
    const documents = [[...world.grants.values()], [...world.sessions.values()]];
    // A name of a site or a device fits no header, and so no token.
    const texts = [...new Set(textsIn(documents))].filter((text) => /^[!-~]+$/.test(text));
    return [...texts, ...texts.flatMap((id) => texts.map((secret) => `${id}.${secret}`))];
  }

  test.each(['waits', 'is approved', 'is in'])(
    'nothing stored is a code or a token, alone or together with another: it %s',
    async (state) => {
      const world = new WebSignInWorld(policy);
      const sessionToken = await tokenFrom(world, LIN);
      const page = await world.asks();
      const event = { action: 'approve', sessionToken, userCode: page.userCode };
      if (state !== 'waits') expect(await world.authorize(LIN, event)).toMatchObject({ ok: true });
      const first = state === 'is in' ? await world.polls(page) : undefined;
      const sessions = world.sessions.size;
      const made = madeOf(world);
      expect(made.length).toBeGreaterThan(100);
      for (const text of made) {
        const { body } = await world.polls({ ...page, deviceCode: text });
        expect(body['error']).toBe('invalid_grant');
        expect((await world.opens(text)).status).toBe(401);
      }
      expect(world.sessions.size).toBe(sessions);
      const own = first ?? (await world.polls(page));
      const expected = state === 'waits' ? 'authorization_pending' : undefined;
      expect(own.body['error']).toBe(expected);
    },
  );
});

describe('with several ways in', () => {
  const app = severalWaysIn({ SIGN_IN_HISTORY: 'true' });
  const NAME = 'lin.the.first';

  test('no document holds a number, a name, a password or a token', async () => {
    await app.numberIs();
    const tokens = [await app.signInByPhone()];
    const [first = ''] = tokens;
    expect(await app.setPassword(LIN, first, NAME)).toMatchObject({ ok: true });
    tokens.push(await app.signInByPassword(ZHOU, NAME));
    // Refused ones are counted and recorded.
    await app.passwordLogin(ZHOU, NAME, 'another password');
    await app.passwordLogin(ZHOU, 'nobody at all'.replaceAll(' ', '.'));

    const names = ['sessions', 'identities', 'password_attempts', 'sign_ins'];
    const dumps = await Promise.all(names.map((name) => app.cloud.documents(name)));
    for (const dump of dumps) expect(dump).not.toEqual([]);
    const text = textsIn(dumps).join('\n');
    const secrets = tokens.map((token) => token.split('.')[1] ?? token);
    const hidden = [LIN_NUMBER, NAME, PASSWORD, 'another password', 'nobody.at.all', ...secrets];
    for (const secret of hidden) expect(text).not.toContain(secret);
    // Nor as it would be written without the key, which anybody can compute.
    for (const subject of [LIN_NUMBER, `+86${LIN_NUMBER}`, `phone:+86${LIN_NUMBER}`]) {
      for (const encoding of ['base64url', 'hex', 'base64'] as const) {
        const bare = createHash('sha256').update(subject).digest(encoding);
        expect(text).not.toContain(bare);
      }
    }
  });

  test('whoever has a copy of all of it is let in nowhere with anything in it', async () => {
    await app.numberIs();
    const lin = await app.signInByPhone();
    await app.setPassword(LIN, lin, NAME);
    await app.weChatRefuses(40029);
    const dumps = await Promise.all(
      ['identities', 'sign_ins'].map((name) => app.cloud.documents(name)),
    );
    const texts = [...new Set(textsIn(dumps))].filter((value) => value.length > 7);
    for (const value of texts) {
      await app.cloud.admin({
        action: 'database.deleteDocument',
        collectionName: 'password_attempts',
        query: '{}',
        multi: true,
      });
      const byPassword = await app.passwordLogin(ZHOU, NAME, value);
      expect(['IDENTITY_UNKNOWN', 'INVALID_INPUT', 'TOO_MANY_ATTEMPTS']).toContain(
        byPassword['code'],
      );
      expect(await app.phoneLogin(ZHOU, { code: value })).toMatchObject({ ok: false });
      expect(await app.check(ZHOU, value)).not.toBe(true);
    }
  });
});
