/**
 * Tokens over HTTP when limits change, clocks differ and other instances act: only what has ended
 * is said to have.
 */
import { describe, expect, test } from '@jest/globals';
import { defaultPolicy } from '../../../cloudfunctions/shared/session/session-policy';
import { bearer, TestGateway } from '../../support/gateway';
import { AT } from '../../support/sessions';

/** Three sessions of one person, and an instance of a deployment that allows only one. */
async function loweredLimit() {
  const before = new TestGateway({ policy: { sessionsPerUser: 3 } });
  const tokens = [];
  for (let n = 0; n < 3; n++) tokens.push(await before.signIn('lin'));
  const after = new TestGateway({ policy: { sessionsPerUser: 1 }, sessions: before.sessions });
  const [first = '', , third = ''] = tokens;
  return { before, after, first, third };
}

describe('a session beyond the limit in force', () => {
  test('is not active, and stays so when the limit rises again', async () => {
    const { before, after, first, third } = await loweredLimit();
    expect((await after.ask('/v1/introspect', third)).body).toEqual({ active: false });
    expect((await after.ask('/v1/introspect', first)).body).toMatchObject({ active: true });
    expect((await before.ask('/v1/introspect', third)).body).toEqual({ active: false });
  });

  test('opens no route', async () => {
    for (const [method, path] of [
      ['GET', '/v1/session'],
      ['GET', '/v1/sessions'],
      ['DELETE', '/v1/sessions/x'],
    ] as const) {
      const { after, third } = await loweredLimit();
      const { status } = await after.send({ method, path, headers: bearer(third) });
      expect([path, status]).toEqual([path, 401]);
    }
  });

  test.each(['others', 'everywhere'])(
    'ends nobody with scope %s, and is told so',
    async (scope) => {
      const { after, before, first, third } = await loweredLimit();
      expect((await after.logout(third, { scope })).status).toBe(401);
      expect((await before.check(first)).status).toBe(200);
    },
  );

  test('is ended by revoke and by sign-out all the same, whatever the limit is later', async () => {
    const revoked = await loweredLimit();
    expect((await revoked.after.ask('/v1/revoke', revoked.third)).status).toBe(200);
    expect((await revoked.before.check(revoked.third)).status).toBe(401);

    const signedOut = await loweredLimit();
    expect((await signedOut.after.logout(signedOut.third)).body).toEqual({ ended: 1 });
    expect((await signedOut.before.check(signedOut.third)).status).toBe(401);
  });

  test('everywhere reaches sessions beyond the limit', async () => {
    const { before, after, first, third } = await loweredLimit();
    expect((await after.logout(first, { scope: 'everywhere' })).body).toEqual({ ended: 3 });
    expect((await before.check(third)).status).toBe(401);
  });
});

describe('an ending', () => {
  test.each([
    ['revoke', (gateway: TestGateway, token: string) => gateway.ask('/v1/revoke', token)],
    ['sign-out', (gateway: TestGateway, token: string) => gateway.logout(token)],
  ])('by %s holds against an instance whose clock is behind', async (_name, end) => {
    const gateway = new TestGateway();
    const behind = new TestGateway({ sessions: gateway.sessions });
    const token = await gateway.signIn('lin');
    // Expired by one clock, and about to be renewed by the other.
    gateway.now = AT + defaultPolicy.idleLifetimeMs;
    behind.now = gateway.now - 60_000;
    expect((await end(gateway, token)).status).toBe(200);
    expect((await behind.check(token)).status).toBe(401);
  });

  test.each([
    ['/v1/revoke', (gateway: TestGateway, token: string) => gateway.ask('/v1/revoke', token)],
    ['/v1/logout', (gateway: TestGateway, token: string) => gateway.logout(token)],
  ])('by %s is one database operation', async (_path, end) => {
    const gateway = new TestGateway({ policy: { sessionsPerUser: 3 } });
    const token = await gateway.signIn('lin');
    gateway.store.operations.length = 0;
    await end(gateway, token);
    expect(gateway.store.operations).toEqual(['remove']);
  });

  test('of what is over already is refused to its bearer, and no error to a backend', async () => {
    const gateway = new TestGateway({ policy: { sessionsPerUser: 3 } });
    const token = await gateway.signIn('lin');
    await gateway.logout(token);
    for (const scope of ['this', 'others', 'everywhere']) {
      const { status, body } = await gateway.logout(token, { scope });
      expect([status, body['code']]).toEqual([401, 'SESSION_MISSING']);
    }
    expect((await gateway.ask('/v1/revoke', token)).status).toBe(200);
    expect((await gateway.ask('/v1/revoke', 'nonsense')).status).toBe(200);
  });

  test.each(['others', 'everywhere'])(
    'with scope %s by a token that has expired is refused, and ends nobody',
    async (scope) => {
      const gateway = new TestGateway({ policy: { sessionsPerUser: 3 } });
      const old = await gateway.signIn('lin');
      gateway.now += defaultPolicy.idleLifetimeMs - 1;
      const young = await gateway.signIn('lin');
      gateway.now += 1;
      expect((await gateway.logout(old, { scope })).status).toBe(401);
      expect((await gateway.check(young)).status).toBe(200);
    },
  );

  test('that was asked for a while ago leaves what was signed in since', async () => {
    const gateway = new TestGateway({ policy: { sessionsPerUser: 3 } });
    const [asking, earlier] = [await gateway.signIn('lin'), await gateway.signIn('lin')];
    gateway.now += 60_000;
    const later = await gateway.signIn('lin');
    const body = { scope: 'everywhere', askedAgoMs: 30_000 };
    expect((await gateway.logout(asking, body)).body).toEqual({ ended: 2 });
    expect((await gateway.check(earlier)).status).toBe(401);
    expect((await gateway.check(later)).status).toBe(200);
  });

  test('everywhere that another one overtook is no acknowledgement of nothing', async () => {
    const gateway = new TestGateway({ policy: { sessionsPerUser: 3 } });
    const token = await gateway.signIn('lin');
    const { find } = gateway.store;
    gateway.store.find = async (id) => {
      const found = await find(id);
      gateway.sessions.clear();
      return found;
    };
    expect((await gateway.logout(token, { scope: 'everywhere' })).status).toBe(401);
  });

  test.each([
    [{ scope: 'all' }, 'scope'],
    [{ scope: 'everywhere', askedAgoMs: -1 }, 'askedAgoMs'],
    [{ askedAgoMs: '5' }, 'askedAgoMs'],
  ])('with %j is refused by its field', async (body, field) => {
    const gateway = new TestGateway();
    const token = await gateway.signIn('lin');
    const reply = await gateway.logout(token, body);
    expect([reply.status, reply.body['code'], reply.body['field']]).toEqual([
      400,
      'INVALID_INPUT',
      field,
    ]);
    expect((await gateway.check(token)).status).toBe(200);
  });
});

describe('the list of sessions', () => {
  test('shows nobody else as current who took the place meanwhile', async () => {
    const gateway = new TestGateway();
    const token = await gateway.signIn('lin');
    const { findAll } = gateway.store;
    gateway.store.findAll = async (ids) => {
      gateway.store.findAll = findAll;
      await gateway.signIn('lin');
      return findAll(ids);
    };
    const { body } = await gateway.send({
      method: 'GET',
      path: '/v1/sessions',
      headers: bearer(token),
    });
    expect(body).toMatchObject({ sessions: [{ current: false }] });
  });
});

describe('the read that opens a session', () => {
  test('is made once, and serves no other question', async () => {
    const gateway = new TestGateway({ policy: { sessionsPerUser: 3 } });
    const token = await gateway.signIn('lin');
    gateway.store.operations.length = 0;
    await gateway.check(token);
    expect(gateway.store.operations).toEqual(['find']);
    gateway.store.operations.length = 0;
    gateway.now += defaultPolicy.renewAfterMs;
    await gateway.check(token);
    expect(gateway.store.operations).toEqual(['find', 'renew']);
  });

  test('is made again after a renewal that met an ended session', async () => {
    const gateway = new TestGateway();
    const token = await gateway.signIn('lin');
    gateway.now += defaultPolicy.renewAfterMs;
    const { renew } = gateway.store;
    gateway.store.renew = (...args) => {
      gateway.sessions.clear();
      return renew(...args);
    };
    gateway.store.operations.length = 0;
    expect((await gateway.check(token)).status).toBe(401);
    expect(gateway.store.operations).toEqual(['find', 'renew', 'find']);
  });
});

describe('signing in', () => {
  test('again with the same attempt takes the place that the lost reply had', async () => {
    const gateway = new TestGateway({ policy: { sessionsPerUser: 2 } });
    const other = await gateway.signIn('lin');
    const attempt = 'attempt-0000000001';
    for (let lost = 0; lost < 3; lost++) await gateway.signIn('lin', { attempt });
    expect((await gateway.check(other)).status).toBe(200);
    expect(gateway.sessions.size).toBe(2);
  });

  test('with the token that it holds takes the place of that', async () => {
    const gateway = new TestGateway({ policy: { sessionsPerUser: 2 } });
    const [other, held] = [await gateway.signIn('lin'), await gateway.signIn('lin')];
    await gateway.signIn('lin', { sessionToken: held });
    expect((await gateway.check(held)).status).toBe(401);
    expect((await gateway.check(other)).status).toBe(200);
  });

  test('too often is told when it may be tried again', async () => {
    const gateway = new TestGateway({ policy: { loginsPerMinute: 2 } });
    await gateway.signIn('lin');
    gateway.now += 20_000;
    await gateway.signIn('lin');
    const { status, headers, body } = await gateway.login('lin');
    expect([status, headers['retry-after'], body]).toEqual([
      429,
      '40',
      expect.objectContaining({ code: 'TOO_MANY_ATTEMPTS', retryAt: AT + 60_000 }),
    ]);
    expect((await gateway.login('zhou')).status).toBe(200);
  });

  test.each([
    [{ device: { name: 7 } }, 'device.name'],
    [{ attempt: 'short' }, 'attempt'],
    [{ attempt: { $ne: null } }, 'attempt'],
    [{ sessionToken: 7 }, 'sessionToken'],
  ])('with %j is refused by its field, before the code is used up', async (more, field) => {
    const gateway = new TestGateway();
    const { status, body } = await gateway.login('lin', more);
    expect([status, body['code'], body['field']]).toEqual([400, 'INVALID_INPUT', field]);
    expect(gateway.codes).toEqual([]);
  });
});
