/**
 * One phone over the real functions in all weathers: replies that get lost, calls that hang and are
 * answered late, a mini program that is killed. Once the weather is good again, phone and cloud
 * agree. Runs are drawn from numbered seeds, and a failure says which.
 */
import { expect, test } from '@jest/globals';
import { createInProcessCloud, type InProcessCloud } from '../../support/in-process-cloud';
import { OFFLINE, type PhoneClient, SessionPhone, settle } from '../support/session-phone';
import { LIN } from '../../support/people';

const RUNS = 200;
const STEPS = 25;

/** What becomes of a call: carried out or not, answered or not. */
const weathers = ['good', 'good', 'good', 'good', 'lost', 'reply lost', 'hangs', 'reply hangs'];

/** Numbers from 0 (inclusive) to 1 (exclusive), the same for the same seed. */
function drawnFrom(seed: number): () => number {
  let state = (seed * 2_654_435_761) >>> 0;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

class Weather {
  readonly phone = new SessionPhone();
  now = 'good';
  private carriedOut = 0;
  private late: (() => Promise<void>)[] = [];
  readonly cloud: InProcessCloud;

  constructor(sessionsPerUser: number) {
    this.cloud = createInProcessCloud({ sessionsPerUser });
  }

  start(): PhoneClient {
    this.late = [];
    this.carriedOut = this.phone.calls.length;
    return this.phone.start();
  }

  /** Every call that was made meets the weather, and so does what follows from it. */
  async blow(): Promise<void> {
    await settle();
    for (; this.carriedOut < this.phone.calls.length; this.carriedOut += 1) {
      const call = this.phone.calls[this.carriedOut];
      if (call === undefined) break;
      const isCarriedOut = this.now !== 'lost' && this.now !== 'hangs';
      // No two are carried out at the same time.
      this.phone.now += 1;
      this.cloud.now = this.phone.now;
      const run = this.cloud.as(LIN.openid);
      const result = isCarriedOut ? await run(call.name, call.data) : undefined;
      const end = () => (isCarriedOut ? call.answer(result) : call.fail(OFFLINE));
      if (this.now.includes('hang')) this.late.push(end);
      else if (this.now === 'good') await end();
      else await call.fail(OFFLINE);
    }
  }

  async answerLate(): Promise<void> {
    await this.late.shift()?.();
    await this.blow();
  }

  async calmDown(): Promise<void> {
    this.now = 'good';
    for (let turn = 0; turn < 5; turn += 1) {
      await this.phone.pass(20_000);
      await this.blow();
    }
    while (this.late.length > 0) await this.answerLate();
  }
}

/** @param drawn which, 0 to 1 */
async function doSomething(weather: Weather, client: PhoneClient, drawn: number) {
  const { phone } = weather;
  if (drawn < 0.3) void client.login();
  else if (drawn < 0.45) void client.logout();
  else if (drawn < 0.55) void client.logout({ scope: 'everywhere' });
  else if (drawn < 0.65) void client.check();
  else if (drawn < 0.7) void client.refresh();
  else if (drawn < 0.75) void client.networkReturned();
  else if (drawn < 0.85) await weather.answerLate();
  else await phone.pass((drawn - 0.85) * 200_000);
}

async function run(seed: number): Promise<void> {
  const draw = drawnFrom(seed);
  const weather = new Weather(seed % 2 === 0 ? 1 : 3);
  const { phone, cloud } = weather;
  const endings = new Set<string>();
  const start = (): PhoneClient => {
    const client = weather.start();
    client.onChange((state) => {
      if (state.status === 'signedOut' && state.ended) endings.add(state.ended.code);
    });
    return client;
  };
  let client = start();
  for (let step = 0; step < STEPS; step += 1) {
    weather.now = weathers[Math.floor(draw() * weathers.length)] ?? 'good';
    await doSomething(weather, client, draw());
    if (draw() < 0.7) await weather.blow();
    if (draw() < 0.07) client = start();
  }
  await weather.calmDown();
  for (let turn = 0; turn < 2; turn += 1) {
    void client.networkReturned();
    await weather.blow();
  }
  const { status } = client.state;
  expect(client.state.busy).toBeUndefined();
  expect(phone.kept.has('session.pendingLogouts')).toBe(false);
  // No sign-out, however late, ends what was signed in since. A sign-in that was repeated takes the
  // place of its own session.
  endings.delete('SESSION_REPLACED');
  expect([...endings]).toEqual([]);
  const restarted = start();
  expect(restarted.state.status).toBe(status);
  void restarted.check();
  await weather.blow();
  expect(restarted.state.status).toBe(status);
  // Nothing lives but the session of this phone, and one of a sign-in whose attempt is kept to take
  // its place.
  const living = [...cloud.sessions.values()].filter(({ state }) => state === 'active').length;
  const most = Number(status === 'signedIn') + Number(phone.kept.has('session.attempt'));
  expect(living).toBeLessThanOrEqual(most);
}

test(`phone and cloud agree after any weather, ${String(RUNS)} times`, async () => {
  for (let seed = 1; seed <= RUNS; seed += 1) {
    await run(seed).catch((error: unknown) => {
      throw new Error(`with the seed ${String(seed)}`, { cause: error });
    });
  }
});
