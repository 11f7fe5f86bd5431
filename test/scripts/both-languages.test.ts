/** What a person reads of a command is in Chinese and in English, and says the same. */
import { afterEach, describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { CloudApiError, explain, planChanges, type Wanted } from '../../scripts/deploy';
import { speak, type Language } from '../../scripts/lib/language';
import { problemIn } from '../../scripts/project/validate-resources';
import { readResources, type FunctionResource } from '../../scripts/project/resources';
import { root } from '../../scripts/project/root';

afterEach(() => {
  speak('en');
});

const CHINESE = /\p{Script=Han}/u;

/** The same, said in both. */
function inBoth(say: () => readonly string[]): Record<Language, readonly string[]> {
  const in_ = (language: Language): readonly string[] => {
    speak(language);
    return say();
  };
  return { zh: in_('zh'), en: in_('en') };
}

/** What stays as it is in any language: options, variables, files, names in braces, numbers. */
const namesIn = (text: string): string[] =>
  [
    ...new Set(
      text.match(/--[a-z-]+|[A-Z]+(?:_[A-Z]+)+|https?:[\w:./]+\w|[\w/-]+\.(?:ts|json)|\d+/g),
    ),
  ].sort();

function expectTheSame({ zh, en }: Record<Language, readonly string[]>): void {
  expect(zh).toHaveLength(en.length);
  expect(en.length).toBeGreaterThan(0);
  zh.forEach((line, at) => {
    expect(line).toMatch(CHINESE);
    expect(line).not.toBe(en[at]);
    expect(namesIn(line)).toEqual(namesIn(en[at] ?? ''));
  });
}

describe('a plan', () => {
  const { functions, collections } = readResources(`${root}/cloudfunctions/resources.json`);
  const wantedOf = (resource: FunctionResource) => ({
    ...{ resource, variables: { A_VARIABLE: 'x' }, zip: () => '' },
    description: 'What it does. (code abc123)',
  });
  const wanted: Wanted = { functions: functions.map(wantedOf), leftOut: [], collections };
  const linesOf = (actual: Parameters<typeof planChanges>[1], recreate = false) => {
    const { changes, blocked, notes } = planChanges(wanted, actual, { recreate });
    return [...changes.flatMap(({ lines, doing }) => [...lines, doing]), ...blocked, ...notes];
  };

  test('for an empty cloud', () => {
    const empty = { functions: new Map(), collections: new Map() };
    expectTheSame(inBoth(() => linesOf(empty)));
  });

  test.each([false, true])('for a cloud in which all is different, --recreate: %s', (recreate) => {
    const actual = {
      functions: new Map(
        functions.map(({ name, runtime }, at) => [
          name,
          {
            runtime: at === 0 ? 'Nodejs8.9' : runtime,
            ...{ memoryMb: 64, timeoutSeconds: 1, description: 'Another. (code abc123)' },
            ...{
              variables: { BY_HAND: '1' },
              timers: { daily: '0 0 0 * * * *' },
              status: 'Active',
            },
          },
        ]),
      ),
      collections: new Map(
        collections.map(({ name, indexes }) => [
          name,
          {
            permission: 'READONLY',
            indexes: indexes.map((index) => ({ ...index, unique: !index.unique })),
          },
        ]),
      ),
    };
    expectTheSame(inBoth(() => linesOf(actual, recreate)));
  });
});

test('what to do about a refusal of the cloud', () => {
  const codes = [
    ...[
      'AuthFailure.SecretIdNotFound',
      'AuthFailure.SignatureExpire',
      'AuthFailure',
      'EnvNotFound',
    ],
    ...['LimitExceeded', 'RequestLimitExceeded', 'ENOTFOUND', 'Anything'],
  ];
  expectTheSame(
    inBoth(() =>
      codes.flatMap((code) =>
        explain(new CloudApiError(code, '原文', '读取'))
          .split('\n')
          .slice(1),
      ),
    ),
  );
});

describe('what is wrong in resources.json', () => {
  const { functions, collections } = readResources(`${root}/cloudfunctions/resources.json`);
  const [first] = functions;
  const wrong = (change: object) => ({ functions: [{ ...first, ...change }], collections });

  test.each([
    [{ memoryMb: '256' }],
    [{ timeoutSeconds: 0 }],
    [{ timeoutSeconds: 1e9 }],
    [{ runtime: 'Nodejs8' }],
    [{ name: '' }],
    [{ name: 'a b' }],
    [{ nonsense: 1 }],
    [{ timer: { name: 'a', cron: 'x' } }],
    [{ permissions: { openapi: ['x'] } }],
  ])('%j', (change) => {
    expectTheSame(inBoth(() => [problemIn(wrong(change)) ?? '']));
  });

  test('every pattern of the schema is described in Chinese too', () => {
    const schema = readFileSync(`${root}/cloudfunctions/resources.schema.json`, 'utf8');
    const validator = readFileSync(`${root}/scripts/project/validate-resources.ts`, 'utf8');
    const described: string[] = [];
    JSON.parse(schema, (_, value: unknown) => {
      const { pattern, description } = (value ?? {}) as { pattern?: string; description?: string };
      if (pattern !== undefined) described.push(description ?? '');
      return value;
    });
    expect(described.length).toBeGreaterThan(0);
    for (const description of described) expect(validator).toContain(`'${description}'`);
  });
});

/** Where everything that is said is said to people. */
const ROOMS = ['account', 'build', 'commands', 'deploy', 'doctor', 'lib', 'testing', 'upload'];
/** A message, a finding or a line that begins with a text of its own. */
const ALONE =
  /(?:new (?:Command|Usage|Setup|Build)Error\(|\b(?:problem|fix|message): |console\.(?:log|error|warn)\()\s*(['"`])(.*?)\1/gs;
/** What programs read. */
const FOR_PROGRAMS = /^(?:local cloud ready on|\$\{passed\} passed,)/;

/** Whether words are left where nothing is filled in. */
function hasWords(text: string): boolean {
  let [left, before] = [text, ''];
  while (left !== before) [left, before] = [left.replaceAll(/\$\{[^{}]*\}|\\n/g, ' '), left];
  return /\p{L}/u.test(left.replace(/ kB$/, ''));
}

test.each(ROOMS)('no text of scripts/%s stands in one language alone', (room) => {
  const files = readdirSync(`${root}/scripts/${room}`, { recursive: true })
    .map(String)
    .filter((file) => file.endsWith('.ts'));
  const found = files.flatMap((file) => {
    const source = readFileSync(`${root}/scripts/${room}/${file}`, 'utf8');
    return [...source.matchAll(ALONE)]
      .map(([, , said = '']) => said)
      .filter((said) => !FOR_PROGRAMS.test(said) && hasWords(said))
      .map((said) => `${file}: ${said}`);
  });
  expect(found).toEqual([]);
});
