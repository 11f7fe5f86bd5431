import { describe, expect, test } from '@jest/globals';
import { createExchangeLimit } from '../../../../cloudfunctions/gateway/exchange-limit';
import { createWindowedLimit } from '../../../../cloudfunctions/shared/counters/windowed-limit';
import { memoryCounters } from '../../../support/gateway';
import { AT } from '../../../support/sessions';

const MINUTE = 60_000;
const START = Math.floor(AT / MINUTE) * MINUTE;
const at = (ms: number): Date => new Date(START + ms);

describe('a limit by the minute', () => {
  test('counts up to the limit, and says when it begins anew', async () => {
    const limit = createWindowedLimit(memoryCounters());
    const quotas = [{ id: 'a', limit: 2 }];
    expect(await limit.take(quotas, at(0))).toBeUndefined();
    expect(limit.fullUntil(quotas, at(0))).toBeUndefined();
    expect(await limit.take(quotas, at(10_000))).toBeUndefined();
    expect(limit.fullUntil(quotas, at(20_000))).toEqual(at(MINUTE));
    expect(await limit.take(quotas, at(MINUTE - 1))).toEqual(at(MINUTE));
    expect(await limit.take(quotas, at(MINUTE))).toBeUndefined();
  });

  test('counts each id for itself', async () => {
    const limit = createWindowedLimit(memoryCounters());
    expect(await limit.take([{ id: 'a', limit: 1 }], at(0))).toBeUndefined();
    expect(await limit.take([{ id: 'b', limit: 1 }], at(0))).toBeUndefined();
    expect(
      await limit.take(
        [
          { id: 'c', limit: 1 },
          { id: 'a', limit: 1 },
        ],
        at(0),
      ),
    ).toBeDefined();
  });

  test('counts what other instances count, and asks the database no more once that is full', async () => {
    const counters = memoryCounters();
    const [here, there] = [createWindowedLimit(counters), createWindowedLimit(counters)];
    const quotas = [{ id: 'a', limit: 3 }];
    for (let n = 0; n < 3; n++) await there.take(quotas, at(0));
    expect(here.fullUntil(quotas, at(0))).toBeUndefined();
    expect(await here.take(quotas, at(0))).toEqual(at(MINUTE));
    expect(here.fullUntil(quotas, at(0))).toEqual(at(MINUTE));
    counters.take = () => Promise.reject(new Error('asked again'));
    expect(await here.take(quotas, at(0))).toEqual(at(MINUTE));
  });

  test('that hears late from the database takes nothing over into the next minute', async () => {
    const counters = memoryCounters();
    const limit = createWindowedLimit(counters);
    let answer: (taken: boolean) => void = () => undefined;
    counters.take = () => new Promise((resolve) => (answer = resolve));
    const late = limit.take([{ id: 'a', limit: 3 }], at(MINUTE - 1));
    expect(limit.fullUntil([{ id: 'a', limit: 3 }], at(MINUTE))).toBeUndefined();
    answer(false);
    expect(await late).toEqual(at(MINUTE));
    expect(limit.fullUntil([{ id: 'a', limit: 3 }], at(MINUTE))).toBeUndefined();
  });
});

describe('codes are exchanged', () => {
  const code = { appid: 'wx-app', clientAddress: undefined };

  test('1,200 times a minute for an app, whoever asks, where no address is told', async () => {
    const limit = createExchangeLimit(createWindowedLimit(memoryCounters()));
    for (let n = 0; n < 1_200; n++) expect(await limit(code, at(n))).toBeUndefined();
    expect(await limit(code, at(2_000))).toEqual(at(MINUTE));
    expect(await limit({ ...code, appid: 'qq-app' }, at(2_000))).toBeUndefined();
    expect(await limit(code, at(MINUTE))).toBeUndefined();
  });

  test('30 times a minute for an address, across instances, and others go on', async () => {
    const counters = memoryCounters();
    const [here, there] = [
      createExchangeLimit(createWindowedLimit(counters)),
      createExchangeLimit(createWindowedLimit(counters)),
    ];
    const own = { ...code, clientAddress: '198.51.100.1' };
    for (let n = 0; n < 30; n++) expect(await (n % 2 ? here : there)(own, at(n))).toBeUndefined();
    expect(await here(own, at(100))).toEqual(at(MINUTE));
    expect(await there(own, at(100))).toEqual(at(MINUTE));
    expect(await here({ ...code, clientAddress: '198.51.100.2' }, at(100))).toBeUndefined();
    expect(await here(code, at(100))).toBeUndefined();
  });
});
