/**
 * Anything at all as `event` of what signs in and links: no function throws, none refuses without a
 * code or gives away a password or a number, and nothing from outside gets into a query.
 */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ERROR_CODES } from '../../support/error-codes';
import { gatewayConfig, TestGateway } from '../../support/gateway';
import { LIN } from '../../support/people';
import {
  cheapPasswords,
  codeOf,
  severalWaysIn,
  storesWith,
  WaysInWorld,
} from '../../support/promises/ways-in-world';

const { SOAK_SEED = '20260115' } = process.env;
const parameters = { numRuns: 3_000, seed: Number(SOAK_SEED) };

cheapPasswords();

const operator = fc
  .constantFrom('$ne', '$gt', '$in', '$exists', '$where', '$regex', '$or', '$set', '$function')
  .chain((name) => fc.anything().map((value) => ({ [name]: value })));
const hostile = fc.oneof(
  fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true }),
  operator,
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '__proto__',
    'constructor',
    '$ne',
    'a.b',
    '\0',
    '',
    '\ud800',
    'x'.repeat(100_000),
  ),
  fc.array(operator),
);
const FIELDS = [
  ...['sessionToken', 'action', 'code', 'name', 'password', 'identityId'],
  ...['device', 'attempt', 'again'],
] as const;
const ACTIONS = ['list', 'history', 'link-phone', 'link-wechat', 'set-password', 'unlink'];

/** Recognisable wherever it turns up. */
const PASSWORD = 'Secret-of-Lin-4711';
const NUMBER = '1380000';

/** Ids are hashes, and no name of a field that is written is an operator. */
function checkArgument(value: unknown): void {
  if (typeof value === 'function' || value instanceof Date || value === null) return;
  if (Array.isArray(value)) value.forEach(checkArgument);
  else if (typeof value === 'object') {
    for (const [name, part] of Object.entries(value)) {
      expect(name).not.toMatch(/^\$|\./);
      if (['id', '_id'].includes(name)) expect(part).toMatch(/^[\w-]{43}$/);
      checkArgument(part);
    }
  } else expect(typeof value).toMatch(/string|number|boolean|undefined/);
}

const nearlyGood = (good: object, actions: readonly string[]) =>
  fc
    .record({
      action: fc.constantFrom(...actions),
      field: fc.constantFrom(...FIELDS),
      value: hostile,
    })
    .map(({ action, field, value }) => ({ ...good, action, [field]: value }));

/** Neither the answer nor the log has what only the person and WeChat know. */
function checkSecrets(reply: unknown, lines: readonly string[]): void {
  const text = [JSON.stringify(reply), ...lines].join('\n');
  expect(text).not.toContain(PASSWORD);
  expect(text).not.toContain(NUMBER);
}

function checkReply(reply: Record<string, unknown>): void {
  if (reply['ok'] === true) return;
  expect(ERROR_CODES).toContain(reply['code']);
  expect(reply['code']).not.toBe('INTERNAL');
  expect(typeof reply['message']).toBe('string');
}

test('whatever is sent, signing in and linking answer with a code and keep their secrets', async () => {
  const world = new WaysInWorld(severalWaysIn({ sessionsPerUser: 16, loginsPerMinute: 1_000_000 }));
  const { sessionToken } = await world.call('login', LIN, {});
  const good = {
    sessionToken,
    code: codeOf(0),
    name: 'lin',
    password: PASSWORD,
    identityId: 'x'.repeat(43),
    device: { name: 'phone', platform: 'ios' },
  };
  const event = fc.oneof(hostile, nearlyGood(good, ACTIONS));
  const names = fc.constantFrom('login-phone', 'login-password', 'identity', 'login');
  let met = 0;
  const property = fc.asyncProperty(names, event, async (name, data) => {
    world.lines.length = 0;
    const queried: unknown[][] = [];
    const stores = storesWith(world.stores, (perform, _name, args) => {
      queried.push(args);
      return perform();
    });
    const reply = await world.call(name, LIN, data, stores);
    checkReply(reply);
    checkSecrets(reply, world.lines);
    queried.forEach(checkArgument);
    if (reply.ok) met += 1;
    // The next one meets no wait.
    world.attempts.clear();
  });
  await fc.assert(property, parameters);
  expect(met).toBeGreaterThan(100);
});

test('whatever is sent to sign in over HTTP with a password, the gateway answers with a code', async () => {
  const world = new WaysInWorld(severalWaysIn({ loginsPerMinute: 1_000_000 }));
  const { sessionToken } = await world.call('login', LIN, {});
  const credentials = { name: 'lin', password: PASSWORD };
  const set = { action: 'set-password', sessionToken, ...credentials };
  expect(await world.call('identity', LIN, set)).toMatchObject({ ok: true });
  const gateway = new TestGateway({
    environment: world.environment(LIN, world.stores),
    config: gatewayConfig(),
    passwords: { attempts: world.stores.attempts, whileSignedIn: world.whileSignedIn },
  });
  const good = { ...credentials, platform: 'wechat', appid: 'wx-app', code: 'openid-of-zhou' };
  const json = fc.oneof(
    fc.json(),
    fc
      .record({
        field: fc.constantFrom('name', 'password', 'platform', 'appid', 'code', 'device', 'again'),
        value: fc.jsonValue(),
        isByCode: fc.boolean(),
      })
      .map(({ field, value, isByCode }) =>
        JSON.stringify({ ...(isByCode ? good : credentials), [field]: value }),
      ),
    fc.string(),
  );
  let met = 0;
  const property = fc.asyncProperty(json, async (body) => {
    world.lines.length = 0;
    const headers = { 'content-type': 'application/json' };
    const request = { method: 'POST', path: '/v1/login', headers, body };
    const { status, body: reply } = await gateway.send(request);
    if (status === 200) met += 1;
    else expect(ERROR_CODES).toContain(reply['code']);
    expect(reply['code']).not.toBe('INTERNAL');
    checkSecrets(reply, world.lines);
    world.attempts.clear();
  });
  await fc.assert(property, { ...parameters, numRuns: 1_000 });
  expect(met).toBeGreaterThan(10);
});
