/**
 * Operators of expressions, by the chapters of
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/command/aggregate/AggregateCommand.html
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
  [`$.mod(['$missing', 2])`, null],
  [`$.mod([-7, 3])`, -1],
  [`$.log([8, 2])`, 3],
  [`$.ln('$missing')`, null],
  // arrays
  [`$.arrayElemAt(['$list', 0])`, 1],
  [`$.arrayElemAt(['$list', -1])`, 4],
  [`$.arrayElemAt(['$list', 9])`, undefined],
  [`$.arrayToObject([[['k', [1, 2]]]])`, { k: [1, 2] }],
  [`$.arrayToObject([[{ k: 'a', v: 1 }]])`, { a: 1 }],
  [`$.arrayToObject([[['k', 1], ['l', 2]]])`, { k: 1, l: 2 }],
  [`$.concatArrays(['$list', '$other'])`, [1, 2, 3, 4, 3, 4, 5]],
  [`$.filter({ input: '$list', as: 'i', cond: $.gte(['$$i', 3]) })`, [3, 4]],
  [`$.in([3, '$list'])`, true],
  [`$.indexOfArray(['$list', 3])`, 2],
  [`$.indexOfArray(['$list', 9])`, -1],
  [`$.indexOfArray(['$list', 9, 2])`, -1],
  [`$.indexOfArray(['$list', 1, 1])`, -1],
  [`$.in([{ y: 1, x: 1 }, [{ x: 1, y: 1 }]])`, false],
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
  [`$.reduce({ input: '$list', initialValue: 0, in: $.add(['$$value', '$$this', '$a']) })`, 42],
  [`$.reduce({ input: '$missing', initialValue: 0, in: '$$this' })`, null],
  [`$.reverseArray('$list')`, [4, 3, 2, 1]],
  [`$.size('$list')`, 4],
  [`$.slice(['$list', 2])`, [1, 2]],
  [`$.slice(['$list', -2])`, [3, 4]],
  [`$.slice(['$list', 1, 2])`, [2, 3]],
  [`$.slice(['$list', -3, 2])`, [2, 3]],
  [`$.slice(['$list', 0])`, []],
  [`$.slice(['$missing', 1])`, null],
  [`$.zip({ inputs: [[], [1]] })`, []],
  [
    `$.zip({ inputs: [[1, 2], [3]], useLongestLength: true, defaults: [0, 9] })`,
    [
      [1, 3],
      [2, 9],
    ],
  ],
  [`$.zip({ inputs: ['$list', '$missing'] })`, null],
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
  // In the cloud a path has no positions, and this is []: see the known differences.
  [`'$people.0.name'`, 'lin'],
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
  [`$.isoWeekYear($.dateFromParts({ year: 2021, month: 1, day: 1 }))`, 2020],
  [`$.isoWeek($.dateFromParts({ year: 2021, month: 1, day: 1 }))`, 53],
  [`$.week($.dateFromParts({ year: 2021, month: 1, day: 1 }))`, 0],
  [`$.year('$missing')`, null],
  [`$.hour({ date: '$when', timezone: 'Asia/Shanghai' })`, 14],
  [`$.hour({ date: '$when', timezone: 'America/Argentina/Buenos_Aires' })`, 3],
  [`$.minute({ date: '$when', timezone: '+05:30' })`, 37],
  [`$.dayOfMonth({ date: '$when', timezone: '-0700' })`, 4],
  [`$.dateToString({ date: '$when', format: '%Y-%m-%d' })`, '2026-03-05'],
  [`$.dateToString({ date: '$when', format: '%H:%M:%S:%L' })`, '06:07:08:009'],
  [`$.dateToString({ date: '$when', format: '%H:%M:%S', timezone: 'Asia/Shanghai' })`, '14:07:08'],
  [`$.dateToString({ date: '$when', format: '%H', timezone: '+08:00' })`, '14'],
  [`$.dateToString({ date: '$empty', onNull: 'none' })`, 'none'],
  [`$.dateToString({ date: '$when', format: '%j %u %w %U %V %G %%' })`, '064 4 5 09 10 2026 %'],
  [`$.dateToString({ date: '$when', format: '%z %Z', timezone: '-03:30' })`, '-0330 -210'],
  [`$.dateToString({ date: '$when' })`, '2026-03-05T06:07:08.009Z'],
  [`$.dateToString({ date: '$missing' })`, null],
  [`$.dateFromParts({ year: 2026, month: 3, day: 5 })`, '2026-03-05T00:00:00.000Z'],
  [`$.dateFromParts({ year: 2024, month: 2, day: 30, hour: 25 })`, '2024-03-02T01:00:00.000Z'],
  [`$.dateFromParts({ year: 2023, month: 14, day: 0 })`, '2024-01-31T00:00:00.000Z'],
  [
    `$.dateFromParts({ year: 2026, hour: 8, timezone: 'Asia/Shanghai' })`,
    '2026-01-01T00:00:00.000Z',
  ],
  [
    `$.dateFromParts({ isoWeekYear: 2026, isoWeek: 10, isoDayOfWeek: 4 })`,
    '2026-03-05T00:00:00.000Z',
  ],
  [`$.dateFromParts({ year: '$missing' })`, null],
  [`$.dateFromString({ dateString: '2026-03-05T06:07:08.009Z' })`, '2026-03-05T06:07:08.009Z'],
  [`$.dateFromString({ dateString: '2026-03-05T06:07:08+08:00' })`, '2026-03-04T22:07:08.000Z'],
  [
    `$.dateFromString({ dateString: '2026-03-05 06:07:08', timezone: 'Asia/Shanghai' })`,
    '2026-03-04T22:07:08.000Z',
  ],
  [`$.dateFromString({ dateString: '2026-03-05' })`, '2026-03-05T00:00:00.000Z'],
  [`$.dateFromString({ dateString: '2026/3/5' })`, '2026-03-05T00:00:00.000Z'],
  [`$.dateFromString({ dateString: 'March 5, 2026' })`, '2026-03-05T00:00:00.000Z'],
  [
    `$.dateFromString({ dateString: '05-03-2026 at 06h', format: '%d-%m-%Y at %Hh' })`,
    '2026-03-05T06:00:00.000Z',
  ],
  [`$.dateFromString({ dateString: 'soon', onError: 'no date' })`, 'no date'],
  [`$.dateFromString({ dateString: '$missing', onNull: 'none' })`, 'none'],
  // objects, literals
  [`$.mergeObjects(['$object', { z: 3, x: 9 }])`, { x: 9, y: 2, z: 3 }],
  [`$.mergeObjects(['$object', '$missing', { w: '$missing' }])`, { x: 1, y: 2 }],
  [`$.mergeObjects('$object')`, { x: 1, y: 2 }],
  [`$.literal('$a')`, '$a'],
  [`{ nested: { deep: '$a' } }`, { nested: { deep: 8 } }],
  // sets
  [`$.setEquals([[1, 2, 2], [2, 1]])`, true],
  [`$.setIntersection(['$list', '$other'])`, [3, 4]],
  [`$.setIsSubset([[1, 2], '$list'])`, true],
  [`$.setUnion(['$list', '$other'])`, [1, 2, 3, 4, 5]],
  [`$.setDifference(['$list', '$other'])`, [1, 2]],
  [`$.setUnion(['$list', '$missing'])`, null],
  [`$.setUnion([[1, 1], [1, 2]])`, [1, 2]],
  [`$.allElementsTrue([[true, 1]])`, true],
  [`$.allElementsTrue([[true, 0]])`, false],
  [`$.anyElementTrue([[false, 1]])`, true],
  // texts
  [`$.concat(['$text', '!', 'x'])`, 'WeChat Cloud!x'],
  [`$.concat(['$text', '$empty'])`, null],
  [`$.indexOfBytes(['$text', 'Cloud'])`, 7],
  [`$.indexOfCP(['$chinese', '云'])`, 2],
  [`$.indexOfBytes(['$chinese', '云'])`, 6],
  [`$.indexOfBytes(['$text', 'Cloud', 1, 7])`, -1],
  [`$.indexOfCP(['$text', 'Cl', 1])`, 7],
  [`$.indexOfCP(['$missing', 'C'])`, null],
  [`$.split(['$text', ' '])`, ['WeChat', 'Cloud']],
  [`$.strLenBytes('$chinese')`, 15],
  [`$.strLenCP('$chinese')`, 5],
  [`$.strcasecmp(['$text', 'wechat cloud'])`, 0],
  [`$.strcasecmp(['$missing', 'a'])`, -1],
  [`$.strcasecmp(['b', 'A'])`, 1],
  [`$.substr(['$text', 0, 6])`, 'WeChat'],
  [`$.substr(['$text', 7, -1])`, 'Cloud'],
  [`$.substr(['$text', -1, 2])`, ''],
  [`$.substr(['$text', 7, 100])`, 'Cloud'],
  [`$.substr(['$text', 100, 1])`, ''],
  [`$.substr(['$a', 0, 1])`, '8'],
  [`$.substr(['$missing', 0, 1])`, ''],
  [`$.substrBytes(['$chinese', 6, 3])`, '云'],
  [`$.substrCP(['$chinese', 3, 100])`, '开发'],
  [`$.substrBytes(['$text', 7, 5])`, 'Cloud'],
  [`$.substrCP(['$chinese', 2, 3])`, '云开发'],
  [`$.toLower('$text')`, 'wechat cloud'],
  [`$.toLower('ÀB')`, 'Àb'],
  [`$.toLower('$missing')`, ''],
  [`$.toUpper('$a')`, '8'],
  [`$.toUpper('$text')`, 'WECHAT CLOUD'],
  // variables
  [`$.let({ vars: { low: 1, high: '$$ROOT.a' }, in: $.add(['$$low', '$$high']) })`, 9],
  // accumulators as expressions
  [`$.sum('$list')`, 10],
  [`$.sum(['$a', '$b', '$text'])`, 11],
  [`$.sum('$missing')`, 0],
  [`$.sum('$a')`, 8],
  [`$.avg('$missing')`, null],
  [`$.max(['$a', '$empty', '$missing'])`, 8],
  [`$.min([[1], '$a'])`, 8],
  [`$.stdDevPop('$list')`, Math.sqrt(1.25)],
  [`$.stdDevSamp('$list')`, Math.sqrt(5 / 3)],
  [`$.stdDevSamp([1])`, null],
  [`$.stdDevPop('$missing')`, null],
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
    `$.size('$missing')`,
    `$.in([1, '$missing'])`,
    `$.mod(['$a', 0])`,
    `$.ln(0)`,
    `$.log([8, 1])`,
    `$.slice(['$list', 1, 0])`,
    `$.zip({ inputs: ['$list'], defaults: [1] })`,
    `$.substrBytes(['$chinese', 1, 3])`,
    `$.substrCP(['$chinese', -1, 3])`,
    `$.mergeObjects(['$a'])`,
    `$.arrayToObject([[['k']], 1])`,
    `$.year('$text')`,
    `$.hour({ date: '$when', timezone: 'Mars/Base' })`,
    `$.dateToString({ date: '$when', format: '%q' })`,
    `$.dateFromString({ dateString: 'soon' })`,
    `$.dateFromString({ dateString: '2026-03-05T06:07:08Z', timezone: 'Asia/Shanghai' })`,
    `$.dateFromParts({ year: 0 })`,
    `$.dateFromParts({ year: 2026, isoWeek: 1 })`,
    `$.toLower('$yes')`,
    `$.arrayElemAt(['$text', 0])`,
    `$.dateToString({ date: '$text' })`,
    `{ $function: { body: 'function() {}', args: [], lang: 'js' } }`,
    `$.switch({ branches: [{ case: false, then: 1 }] })`,
  ])('%s is refused', async (expression) => {
    await runner.failure(sdk, `pipeline((p) => p.project({ value: ${expression} }))`);
  });
});
