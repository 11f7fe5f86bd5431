import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { PEOPLE } from '../../../../scripts/preview/this-app/people';
import { openOpenRunner, type OpenRunner } from '../../../support/open-runner';

let runner: OpenRunner;

beforeAll(async () => {
  runner = await openOpenRunner();
});
afterAll(() => runner.cloud.close());

test.each(Object.entries(PEOPLE))(
  'the first number of %s is that of their WeChat',
  async (_, person) => {
    const caller = { openid: person.openids.wechat, appid: 'wx1' };
    const code = 'cloud.openapi.phonenumber.getPhoneNumber({ code: input.code })';
    expect(await runner.run(code, { code: person.openids.wechat }, caller)).toMatchObject({
      phoneInfo: { phoneNumber: person.phoneNumbers[0] },
    });
  },
);

test('two people can have the same number', () => {
  const [lin, zhou] = [PEOPLE.lin.phoneNumbers, PEOPLE.zhou.phoneNumbers];
  expect(lin.filter((number) => zhou.includes(number))).toHaveLength(1);
});
