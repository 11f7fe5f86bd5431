import { describe, expect, test } from '@jest/globals';
import { basic, CLIENT, gatewayConfig, memoryCounters, TestGateway } from '../../support/gateway';

const SECRET = CLIENT.secret;
const NEXT = 'fedcba9876543210fedcba9876543210';
/** As base64 has it: signs that a form encodes. */
const ODD = 'aGVsbG8+d29ybGQ/Zm9vYmFy+/==%41x';

const ask = async (gateway: TestGateway, authorization: string, sourceIp?: string) =>
  gateway.ask('/v1/introspect', 'nonsense', {
    headers: { authorization },
    ...(sourceIp !== undefined && { requestContext: { sourceIp } }),
  });
const status = async (gateway: TestGateway, authorization: string, sourceIp?: string) =>
  (await ask(gateway, authorization, sourceIp)).status;
const withSecrets = (...secrets: string[]): TestGateway =>
  new TestGateway({ config: gatewayConfig({ client: { id: CLIENT.id, secrets } }) });

describe('the secret of a client', () => {
  test.each([
    ['as it is, as curl sends it', basic(`billing:${ODD}`)],
    [
      'form-urlencoded, as OAuth has it',
      basic(`billing:${new URLSearchParams({ s: ODD }).toString().slice(2)}`),
    ],
    ['under another spelling of the scheme', basic(`billing:${ODD}`).replace('Basic', 'bASIC')],
  ])('is accepted %s', async (_name, authorization) => {
    expect(await status(withSecrets(ODD), authorization)).toBe(200);
  });

  test.each([
    ['with something behind it', basic(`billing:${SECRET}x`)],
    ['with something behind its base64', `${basic(`billing:${SECRET}`)}x`],
    ['with something behind the padding', `${basic(`billing:${SECRET}1`).replace(/=*$/, '==')}x`],
    ['in base64 that is spelled otherwise', basic(`billing:${SECRET}`).replace(/.==$/, 'h==')],
    ['in base64 without its padding', basic(`billing:${SECRET}`).replace(/=+$/, '')],
    ['with a second part', `${basic(`billing:${SECRET}`)}, Bearer x`],
    ['cut short', basic(`billing:${SECRET.slice(0, -1)}`)],
    ['with another id', basic(`someone:${SECRET}`)],
    ['without an id', basic(`:${SECRET}`)],
    ['as a list', basic(`billing:${SECRET},${NEXT}`)],
    ['empty', basic('billing:')],
    ['with what can’t be decoded', basic(`billing:%zz${SECRET}`)],
  ])('is refused %s', async (_name, authorization) => {
    const { status, headers, body } = await ask(withSecrets(SECRET), authorization);
    expect([status, headers['www-authenticate'], body['code']]).toEqual([
      401,
      'Basic realm="gateway"',
      'NO_IDENTITY',
    ]);
  });

  test('may be one of two, so that it can be changed without a gap', async () => {
    const gateway = withSecrets(SECRET, NEXT);
    expect(await status(gateway, basic(`billing:${SECRET}`))).toBe(200);
    expect(await status(gateway, basic(`billing:${NEXT}`))).toBe(200);
    expect(await status(withSecrets(NEXT), basic(`billing:${SECRET}`))).toBe(401);
  });

  test('is none that opens anything where no client is configured', async () => {
    const gateway = new TestGateway({ config: gatewayConfig({ client: undefined }) });
    for (const text of ['undefined:undefined', ':', `billing:${SECRET}`])
      expect(await status(gateway, basic(text))).toBe(401);
  });
});

describe('guessing a secret', () => {
  const RIGHT = basic(`billing:${SECRET}`);
  let guesses = 0;
  const guess = (): string => basic(`billing:guess-${String((guesses += 1))}`);

  test('is answered 20 times a minute, and the right one always', async () => {
    const gateway = withSecrets(SECRET);
    for (let n = 0; n < 20; n++) expect(await status(gateway, guess())).toBe(401);
    const { status: refused, headers, body } = await ask(gateway, guess());
    expect([refused, body['code']]).toEqual([429, 'TOO_MANY_ATTEMPTS']);
    expect(Number(headers['retry-after']) * 1_000 + gateway.now).toBeGreaterThanOrEqual(
      Number(body['retryAt']),
    );
    expect(await status(gateway, RIGHT)).toBe(200);
    gateway.now += 60_000;
    expect(await status(gateway, guess())).toBe(401);
  });

  test('is counted across instances', async () => {
    const counters = memoryCounters();
    const [here, there] = [new TestGateway({ counters }), new TestGateway({ counters })];
    for (let n = 0; n < 20; n++) await ask(here, guess());
    expect(await status(there, guess())).toBe(429);
    expect(await status(there, RIGHT)).toBe(200);
  });

  test('is over for an address after 10, even when it is right at last; others get in', async () => {
    const gateway = withSecrets(SECRET);
    const [guesser, other] = ['198.51.100.1', '198.51.100.2'];
    for (let n = 0; n < 10; n++) expect(await status(gateway, guess(), guesser)).toBe(401);
    expect(await status(gateway, guess(), guesser)).toBe(429);
    expect(await status(gateway, RIGHT, guesser)).toBe(429);
    expect(await status(gateway, RIGHT, other)).toBe(200);
    expect(await status(gateway, guess(), other)).toBe(401);
    gateway.now += 60_000;
    expect(await status(gateway, RIGHT, guesser)).toBe(200);
  });

  test('right secrets and requests without any count as nothing', async () => {
    const counters = memoryCounters();
    const gateway = new TestGateway({ counters });
    for (let n = 0; n < 25; n++) {
      expect(await status(gateway, RIGHT, '198.51.100.1')).toBe(200);
      expect(await status(gateway, '', '198.51.100.1')).toBe(401);
      expect(await status(gateway, 'Bearer x')).toBe(401);
    }
    expect(counters.counts.size).toBe(0);
  });

  test('is refused while the counters can’t be written, which the log says', async () => {
    const counters = memoryCounters();
    counters.take = () => Promise.reject(new Error('no counters'));
    const gateway = new TestGateway({ counters });
    expect(await status(gateway, guess())).toBe(401);
    expect(gateway.lastLine()).toMatchObject({
      code: 'NO_IDENTITY',
      error: expect.stringContaining('no counters'),
    });
    expect(await status(gateway, RIGHT)).toBe(200);
  });
});
