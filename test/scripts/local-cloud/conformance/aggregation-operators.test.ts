/**
 * Operators of expressions, by the chapters of
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/AggregateCommand.html
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openSdkRunner, SDKS, type SdkRunner } from '../../../support/sdk-runner';

let runner: SdkRunner;

const DOCUMENT = {
  _id: 'd',
  n: -7.5,
  a: 8,
  b: 3,
  text: 'WeChat Cloud',
  chinese: '微信云开发',
  empty: null,
  yes: true,
  list: [1, 2, 3, 4],
  other: [3, 4, 5],
  people: [
    { name: 'lin', age: 30 },
    { name: 'zhou', age: 20 },
  ],
  object: { x: 1, y: 2 },
  when: new Date('2026-03-05T06:07:08.009Z'),
};

const EXPRESSIONS: [string, unknown][] = [
  // arithmetic
  [`$.abs('$n')`, 7.5],
  [`$.add(['$a', '$b', 1])`, 12],
  [`$.add(['$when', 1000])`, '2026-03-05T06:07:09.009Z'],
  [`$.ceil('$n')`, -7],
  [`$.floor('$n')`, -8],
  [`$.trunc('$n')`, -7],
  [`$.divide(['$a', 2])`, 4],
  [`$.exp(0)`, 1],
  [`$.ln(1)`, 0],
  [`$.log(['$a', 2])`, 3],
  [`$.log10(1000)`, 3],
  [`$.mod(['$a', '$b'])`, 2],
  [`$.multiply(['$a', '$b'])`, 24],
  [`$.pow(['$b', 2])`, 9],
  [`$.sqrt(16)`, 4],
  [`$.subtract(['$a', '$b'])`, 5],
  [`$.subtract(['$when', '$when'])`, 0],
  [`$.add(['$a', '$empty'])`, null],
  // arrays
  [`$.arrayElemAt(['$list', 0])`, 1],
  [`$.arrayElemAt(['$list', -1])`, 4],
  [`$.arrayToObject([[['k', 1], ['l', 2]]])`, { k: 1, l: 2 }],
  [`$.concatArrays(['$list', '$other'])`, [1, 2, 3, 4, 3, 4, 5]],
  [`$.filter({ input: '$list', as: 'i', cond: $.gte(['$$i', 3]) })`, [3, 4]],
  [`$.in([3, '$list'])`, true],
  [`$.indexOfArray(['$list', 3])`, 2],
  [`$.indexOfArray(['$list', 9])`, -1],
  [`$.isArray('$list')`, true],
  [`$.isArray('$text')`, false],
  [`$.map({ input: '$people', as: 'p', in: '$$p.age' })`, [30, 20]],
  [
    `$.objectToArray('$object')`,
    [
      { k: 'x', v: 1 },
      { k: 'y', v: 2 },
    ],
  ],
  [`$.range([0, 10, 3])`, [0, 3, 6, 9]],
  [`$.reduce({ input: '$list', initialValue: 0, in: $.add(['$$value', '$$this']) })`, 10],
  [`$.reverseArray('$list')`, [4, 3, 2, 1]],
  [`$.size('$list')`, 4],
  [`$.slice(['$list', 2])`, [1, 2]],
  [`$.slice(['$list', -2])`, [3, 4]],
  [`$.slice(['$list', 1, 2])`, [2, 3]],
  [
    `$.zip({ inputs: ['$list', '$other'] })`,
    [
      [1, 3],
      [2, 4],
      [3, 5],
    ],
  ],
  [
    `$.zip({ inputs: ['$list', '$other'], useLongestLength: true, defaults: [0, 9] })`,
    [
      [1, 3],
      [2, 4],
      [3, 5],
      [4, 9],
    ],
  ],
  [`'$people.name'`, ['lin', 'zhou']],
  // booleans and comparison
  [`$.and([$.gt(['$a', 1]), '$yes'])`, true],
  [`$.or([$.gt(['$a', 100]), '$empty'])`, false],
  [`$.not('$yes')`, false],
  [`$.not(['$empty'])`, true],
  [`$.cmp(['$a', '$b'])`, 1],
  [`$.cmp(['$b', '$a'])`, -1],
  [`$.eq(['$a', 8])`, true],
  [`$.neq(['$a', 8])`, false],
  [`$.gt(['$a', '$b'])`, true],
  [`$.gte(['$a', 8])`, true],
  [`$.lt(['$a', '$b'])`, false],
  [`$.lte(['$a', 8])`, true],
  [`$.eq(['$missing', null])`, false],
  // conditions
  [`$.cond({ if: '$yes', then: 'y', else: 'n' })`, 'y'],
  [`$.cond([$.gt(['$b', '$a']), 'y', 'n'])`, 'n'],
  [`$.ifNull(['$empty', 'none'])`, 'none'],
  [`$.ifNull(['$missing', 'none'])`, 'none'],
  [`$.ifNull(['$a', 'none'])`, 8],
  [
    `$.switch({ branches: [{ case: $.gt(['$a', 100]), then: 'big' }, { case: $.gt(['$a', 1]), then: 'some' }], default: 'few' })`,
    'some',
  ],
  // dates
  [`$.year('$when')`, 2026],
  [`$.month('$when')`, 3],
  [`$.dayOfMonth('$when')`, 5],
  [`$.dayOfWeek('$when')`, 5],
  [`$.dayOfYear('$when')`, 64],
  [`$.hour('$when')`, 6],
  [`$.minute('$when')`, 7],
  [`$.second('$when')`, 8],
  [`$.millisecond('$when')`, 9],
  [`$.week('$when')`, 9],
  [`$.isoDayOfWeek('$when')`, 4],
  [`$.isoWeek('$when')`, 10],
  [`$.isoWeekYear('$when')`, 2026],
  [`$.dateToString({ date: '$when', format: '%Y-%m-%d' })`, '2026-03-05'],
  [`$.dateToString({ date: '$when', format: '%H:%M:%S:%L' })`, '06:07:08:009'],
  [`$.dateToString({ date: '$when', format: '%H:%M:%S', timezone: 'Asia/Shanghai' })`, '14:07:08'],
  [`$.dateToString({ date: '$when', format: '%H', timezone: '+08:00' })`, '14'],
  [`$.dateToString({ date: '$empty', onNull: 'none' })`, 'none'],
  [`$.dateFromParts({ year: 2026, month: 3, day: 5 })`, '2026-03-05T00:00:00.000Z'],
  [`$.dateFromString({ dateString: '2026-03-05T06:07:08.009Z' })`, '2026-03-05T06:07:08.009Z'],
  // objects, literals
  [`$.mergeObjects(['$object', { z: 3, x: 9 }])`, { x: 9, y: 2, z: 3 }],
  [`$.literal('$a')`, '$a'],
  [`{ nested: { deep: '$a' } }`, { nested: { deep: 8 } }],
  // sets
  [`$.setEquals([[1, 2, 2], [2, 1]])`, true],
  [`$.setIntersection(['$list', '$other'])`, [3, 4]],
  [`$.setIsSubset([[1, 2], '$list'])`, true],
  [`$.setUnion(['$list', '$other'])`, [1, 2, 3, 4, 5]],
  [`$.setDifference(['$list', '$other'])`, [1, 2]],
  [`$.allElementsTrue([[true, 1]])`, true],
  [`$.allElementsTrue([[true, 0]])`, false],
  [`$.anyElementTrue([[false, 1]])`, true],
  // texts
  [`$.concat(['$text', '!', 'x'])`, 'WeChat Cloud!x'],
  [`$.concat(['$text', '$empty'])`, null],
  [`$.indexOfBytes(['$text', 'Cloud'])`, 7],
  [`$.indexOfCP(['$chinese', '云'])`, 2],
  [`$.split(['$text', ' '])`, ['WeChat', 'Cloud']],
  [`$.strLenBytes('$chinese')`, 15],
  [`$.strLenCP('$chinese')`, 5],
  [`$.strcasecmp(['$text', 'wechat cloud'])`, 0],
  [`$.substr(['$text', 0, 6])`, 'WeChat'],
  [`$.substrBytes(['$text', 7, 5])`, 'Cloud'],
  [`$.substrCP(['$chinese', 2, 3])`, '云开发'],
  [`$.toLower('$text')`, 'wechat cloud'],
  [`$.toUpper('$text')`, 'WECHAT CLOUD'],
  // variables
  [`$.let({ vars: { low: 1, high: '$$ROOT.a' }, in: $.add(['$$low', '$$high']) })`, 9],
  // accumulators as expressions
  [`$.sum('$list')`, 10],
  [`$.avg('$list')`, 2.5],
  [`$.max('$list')`, 4],
  [`$.min('$list')`, 1],
];

beforeAll(async () => {
  runner = await openSdkRunner();
  await runner.seed([DOCUMENT]);
});
afterAll(() => runner.close());

describe.each(SDKS)('%s', (sdk) => {
  test.each(EXPRESSIONS)('%s', async (expression, expected) => {
    const code = `pipeline((p) => p.project({ _id: 0, value: ${expression} })).then((list) => list[0].value)`;
    const value = await runner.value(sdk, code);
    const isSet = expression.startsWith('$.set') && Array.isArray(value);
    expect(isSet ? [...(value as number[])].sort() : value).toEqual(expected);
  });

  test('what is missing is left out', async () => {
    const code = `pipeline((p) => p.project({ _id: 0, value: '$missing' })).then((list) => list[0])`;
    expect(await runner.value(sdk, code)).toEqual({});
  });

  test.each([
    `$.add(['$text', 1])`,
    `$.divide(['$a', 0])`,
    `$.size('$text')`,
    `$.arrayElemAt(['$text', 0])`,
    `$.dateToString({ date: '$text' })`,
    `{ $function: { body: 'function() {}', args: [], lang: 'js' } }`,
    `$.switch({ branches: [{ case: false, then: 1 }] })`,
  ])('%s is refused', async (expression) => {
    await runner.failure(sdk, `pipeline((p) => p.project({ value: ${expression} }))`);
  });
});
