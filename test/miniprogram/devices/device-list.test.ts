import { beforeEach, describe, expect, test } from '@jest/globals';
import { createDeviceList, type DeviceList } from '../../../miniprogram/devices/device-list';
import type { SessionState } from '../../../miniprogram/session/session-state';
import { refusal, sessionOf } from '../support/session-phone';

const signedIn = (): SessionState => ({ status: 'signedIn', session: sessionOf('lin') });
const LIST = { ok: true, sessions: [sessionOf('lin')] };

/** What the cloud answers, in order; the list when nothing is left. */
let answers: unknown[];
let asked: number;
let list: DeviceList;

beforeEach(async () => {
  answers = [refusal('SOLD_OUT')];
  asked = 0;
  const call = (): Promise<unknown> => {
    asked += 1;
    return Promise.resolve(answers.shift() ?? LIST);
  };
  list = createDeviceList({ call, logout: call } as never, () => undefined);
  await list.follow(signedIn());
});

describe('a list that could not be read', () => {
  test('says so', () => {
    expect(list.state).toEqual({ status: 'failed' });
  });

  test('is read again once the session proves good, and not before', async () => {
    const session = signedIn();
    await list.follow({ ...session, problem: 'NETWORK' });
    await list.follow({ ...session, busy: 'check' });
    expect(asked).toBe(1);
    await list.follow(session);
    expect(list.state).toMatchObject({ status: 'loaded', busy: false });
    await list.follow(signedIn());
    expect(asked).toBe(2);
  });

  test('is asked for once for each proof, however often that fails and is told', async () => {
    answers = [refusal('SOLD_OUT'), refusal('SOLD_OUT')];
    const session = signedIn();
    await list.follow(session);
    await list.follow({ ...session });
    expect(asked).toBe(2);
    await list.follow(signedIn());
    expect([asked, list.state.status]).toEqual([3, 'failed']);
  });
});
