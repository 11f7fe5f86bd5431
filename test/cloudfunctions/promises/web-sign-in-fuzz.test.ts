/**
 * Anything at all as a code, an action or a form: nothing fails inside, nothing of a library is
 * shown, and what is refused leaves everything as it was.
 */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { defaultPolicy } from '../../../cloudfunctions/shared/session/session-policy';
import { ERROR_CODES } from '../../support/error-codes';
import { LIN } from '../../support/people';
import { tokenFrom } from '../../support/promises/ways-in-world';
import { WebSignInWorld } from '../../support/promises/web-sign-in-world';

const seed = Number(process.env['SOAK_SEED'] ?? '20260115');

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '__proto__',
    'constructor',
    '$ne',
    'a.b',
    '\0',
    '',
    'BCDF-GHJK',
    'ＢＣＤＦＧＨＪＫ',
  ),
  fc.constant('x'.repeat(10_000)),
  fc.stringMatching(/^[\w-]{43}\.[\w-]{43}$/),
  fc.stringMatching(/^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/),
);
const hostile = fc.oneof(
  text,
  fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true }),
  fc.constantFrom('$ne', '$gt', '$in', '$where').map((name) => ({ [name]: '' })),
);

/** A page waits, another has been approved, and a third is in. */
async function busy() {
  const world = new WebSignInWorld({ ...defaultPolicy, sessionsPerUser: 2 });
  const sessionToken = await tokenFrom(world, LIN);
  const pages = [];
  for (const decision of ['none', 'approve', 'redeem']) {
    const page = await world.asks();
    pages.push(page);
    if (decision === 'none') continue;
    await world.authorize(LIN, { action: 'approve', sessionToken, userCode: page.userCode });
    if (decision === 'redeem') expect((await world.polls(page)).status).toBe(200);
  }
  const kept = () => JSON.stringify([[...world.grants], [...world.sessions]]);
  return { world, sessionToken, pages, kept, before: kept() };
}

test('whatever a phone sends, it is told which field is wrong, and nothing is decided', async () => {
  const { world, sessionToken, kept, before, pages } = await busy();
  const [waits] = pages;
  const good = { sessionToken, action: 'approve', userCode: waits?.userCode };
  const nearlyGood = fc
    .record({ field: fc.constantFrom('sessionToken', 'action', 'userCode'), value: hostile })
    .filter(
      ({ field, value }) => field !== 'action' || !['approve', 'deny'].includes(value as string),
    )
    .map(({ field, value }) => ({ ...good, [field]: value }));
  const property = fc.asyncProperty(fc.oneof(hostile, nearlyGood), async (event) => {
    const reply = await world.authorize(LIN, event as object);
    expect(reply.ok).toBe(false);
    expect(ERROR_CODES).toContain(reply.code);
    expect(reply.code).not.toBe('INTERNAL');
    if (reply.code === 'INVALID_INPUT') {
      const { field } = reply['detail'] as { field?: unknown };
      expect(typeof field).toBe('string');
    }
    expect(kept()).toBe(before);
  });
  await fc.assert(property, { numRuns: 500, seed });
  expect(await world.authorize(LIN, good)).toMatchObject({ ok: true });
});

const OURS = new Set([
  'invalid_request',
  'invalid_client',
  'unauthorized_client',
  'unsupported_grant_type',
  'invalid_grant',
]);
/** A sentence of ours, and at most the name of a field after it. */
const DESCRIPTION = /^[A-Z][a-z ,'-]+(?:: [\w-]{1,20})?\.$/;

test('whatever a page sends, it gets an error of OAuth in our words, and nothing is written', async () => {
  const { world, kept, before, pages } = await busy();
  const [waits] = pages;
  const good = {
    client_id: 'shop',
    grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
    device_code: String(waits?.deviceCode),
  };
  const form = fc.oneof(
    fc
      .record({ field: fc.constantFrom('client_id', 'grant_type', 'device_code'), value: text })
      .map(({ field, value }) => new URLSearchParams({ ...good, [field]: value }).toString()),
    fc
      .record({ field: fc.constantFrom('client_id', 'grant_type', 'device_code'), value: text })
      .map(({ field, value }) => {
        const twice = new URLSearchParams(good);
        twice.append(field, value);
        return twice.toString();
      }),
    fc.constantFrom(...Object.keys(good)).map((missing) => {
      const without = new URLSearchParams(good);
      without.delete(missing);
      return without.toString();
    }),
    text,
    fc.constantFrom('%', '%ZZ', '=', '&&&', '{"client_id":"shop"}', 'client_id[]=shop'),
  );
  const type = fc.constantFrom(
    'application/x-www-form-urlencoded',
    'application/x-www-form-urlencoded',
    'application/x-www-form-urlencoded;charset=utf-8',
    'application/json',
    'text/plain',
    'multipart/form-data; boundary=x',
    'multipart/form-data',
    '%',
  );
  const property = fc.asyncProperty(
    fc.constantFrom('/v1/token', '/v1/token', '/v1/device_authorization'),
    form,
    type,
    async (path, body, contentType) => {
      // Alone it is all that asks for a code, and that is no bad input.
      const isAsking = path === '/v1/device_authorization' && body.includes('client_id=shop');
      if (isAsking) return;
      const headers = { 'content-type': contentType };
      const answer = await world.send(path, { method: 'POST', headers, body });
      expect(answer.status).toBe(400);
      expect([...OURS]).toContain(answer.body['error']);
      expect(answer.body['error_description']).toMatch(DESCRIPTION);
      expect(kept()).toBe(before);
    },
  );
  await fc.assert(property, { numRuns: 500, seed });
  expect((await world.post('/v1/token', good)).body['error']).toBe('authorization_pending');
});
