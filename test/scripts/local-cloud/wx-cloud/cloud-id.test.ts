import { expect, test } from '@jest/globals';
import { callData, CloudID } from '#local-cloud/wx-cloud';

test('a CloudID at the top of the data is marked, further down it is its text', () => {
  const data = {
    phone: CloudID('id 1'),
    deep: { phone: CloudID('id 2') },
    list: [CloudID('id 3')],
    n: 1,
  };
  expect(JSON.parse(JSON.stringify(callData(data)))).toEqual({
    phone: { $cloudID: 'id 1' },
    deep: { phone: 'id 2' },
    list: ['id 3'],
    n: 1,
  });
});

test('is made with and without new', () => {
  expect(Reflect.construct(CloudID, ['a'])).toEqual(CloudID('a'));
});

test.each([
  [undefined, {}],
  [null, {}],
  [[1], [1]],
  ['text', 'text'],
])('data %j is sent as %j', (data, sent) => {
  expect(callData(data)).toEqual(sent);
});
