import { afterAll, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readResources } from '../../../scripts/project/resources';
import { root } from '../../../scripts/project/root';

const folder = mkdtempSync(join(tmpdir(), 'resources-'));
afterAll(() => rmSync(folder, { recursive: true }));

const FUNCTION = { name: 'login', description: 'Signs in.' };
const DEFAULTS = {
  runtime: 'Nodejs20.19',
  memoryMb: 256,
  timeoutSeconds: 5,
  permissions: { openapi: [] },
  sessions: 'checks',
  variables: {},
};
const COLLECTION = { name: 'a', permission: 'ADMINONLY' };
const INDEX = { name: 'i', keys: [{ field: 'f', order: 'asc' }] };
const WHOLE = { functions: [FUNCTION], defaults: DEFAULTS, collections: [] };

function read(content: unknown) {
  const file = join(folder, 'resources.json');
  writeFileSync(file, JSON.stringify(content));
  return readResources(file);
}

describe('what the cloud must hold', () => {
  test('is read with the defaults filled in', () => {
    const timer = { name: 'hourly', cron: '0 17 * * * * *' };
    const sweep = { ...FUNCTION, name: 'sweep', timeoutSeconds: 60, timer };
    expect(read({ ...WHOLE, functions: [FUNCTION, sweep] }).functions).toEqual([
      { ...FUNCTION, ...DEFAULTS },
      { ...sweep, ...DEFAULTS, timeoutSeconds: 60 },
    ]);
  });

  test('may give all functions by default whatever one may have', () => {
    const more = {
      description: 'One of ours.',
      timer: { name: 'hourly', cron: '0 17 * * * * *' },
      onlyWith: ['APPS'],
      secretVariables: 'APPS_',
      permissions: { openapi: ['phonenumber.getPhoneNumber'] },
    };
    const content = { ...WHOLE, defaults: { ...DEFAULTS, ...more }, functions: [{ name: 'a' }] };
    expect(read(content).functions).toEqual([{ name: 'a', ...DEFAULTS, ...more }]);
  });

  test.each<[string, object]>([
    [
      'defaults.runtime must be one of Nodejs16.13, Nodejs18.15, Nodejs20.19, not "Nodejs8.9"',
      { defaults: { ...DEFAULTS, runtime: 'Nodejs8.9' } },
    ],
    [
      'functions[0].memoryMb (of login) must be a whole number, not "256"',
      { functions: [{ ...FUNCTION, memoryMb: '256' }] },
    ],
    [
      'functions[0].sessions (of login) must be one of issues, checks, both, not "some"',
      { functions: [{ ...FUNCTION, sessions: 'some' }] },
    ],
    [
      'functions[0].timeoutSeconds (of login) must be at least 1, not 0',
      { functions: [{ ...FUNCTION, timeoutSeconds: 0 }] },
    ],
    [
      'functions[0].variables.A (of login) must be a string, not 1',
      { functions: [{ ...FUNCTION, variables: { A: 1 } }] },
    ],
    [
      'functions[0].permissions.openapi[0] (of login) must be the name of an open interface, such as phonenumber.getPhoneNumber. It is "getPhoneNumber"',
      { functions: [{ ...FUNCTION, permissions: { openapi: ['getPhoneNumber'] } }] },
    ],
    [
      'functions[0].permissions.openapi (of login) must be an array, not "phonenumber.getPhoneNumber"',
      { functions: [{ ...FUNCTION, permissions: { openapi: 'phonenumber.getPhoneNumber' } }] },
    ],
    ...['', 'phone', 'wechat,wechat', 'wechat, phone', 'wechat,email', 'wechat,'].map(
      (methods): [string, object] => [
        methods === ''
          ? 'functions[0].variables.SIGN_IN_METHODS (of login) must not be empty'
          : `SIGN_IN_METHODS (of login) must be wechat, alone or with phone and password, each once, separated by commas and no spaces, not "${methods}"`,
        { functions: [{ ...FUNCTION, variables: { SIGN_IN_METHODS: methods } }] },
      ],
    ),
    [
      'SIGN_IN_METHODS must be the same for all functions, and is not for login and note',
      {
        functions: [FUNCTION, { ...FUNCTION, name: 'note', variables: { A: '1' } }],
        defaults: { ...DEFAULTS, variables: { SIGN_IN_METHODS: 'wechat,phone' } },
      },
    ],
    [
      'functions[0] (of login) must have "memoryMb"',
      { defaults: { ...DEFAULTS, memoryMb: undefined } },
    ],
    ['functions[0].name must not be empty', { functions: [{ ...FUNCTION, name: '' }] }],
    [
      'functions[0] (of login) must not have "timeout"',
      { functions: [{ ...FUNCTION, timeout: 5 }] },
    ],
    [
      'functions[0].timer.cron (of login) must be seven fields in UTC+8',
      { functions: [{ ...FUNCTION, timer: { name: 'x', cron: '0 * * * *' } }] },
    ],
    [
      'functions[0].timer.cron (of login) must be seven fields in UTC+8',
      { functions: [{ ...FUNCTION, timer: { name: 'x', cron: 'a b c d e f g' } }] },
    ],
    [
      'functions[0].timeoutSeconds (of login) must be at most 900, not 99999',
      { functions: [{ ...FUNCTION, timeoutSeconds: 99999 }] },
    ],
    [
      'functions[0].variables.a/b~c (of login) must be a string, not 1',
      { functions: [{ ...FUNCTION, variables: { 'a/b~c': 1 } }] },
    ],
    [
      'functions[0].name (of ../x) must be a letter, then letters',
      { functions: [{ ...FUNCTION, name: '../x' }] },
    ],
    [
      'functions[1].name must not be "login": functions[0] has it',
      { functions: [FUNCTION, FUNCTION] },
    ],
    ['functions must be an array, not {}', { functions: {} }],
    ['the file must have "collections"', { collections: undefined }],
    ['collections[0] (of a) must have "permission"', { collections: [{ name: 'a' }] }],
    [
      'collections[0].permission (of a) must be one of ADMINONLY, PRIVATE, READONLY, ADMINWRITE, not',
      { collections: [{ name: 'a', permission: 'ADMINONYL' }] },
    ],
    [
      'collections[0].name (of ../x) must be letters, digits',
      { collections: [{ ...COLLECTION, name: '../x' }] },
    ],
    [
      'collections[2].name must not be "a": collections[0] has it',
      { collections: [COLLECTION, { ...COLLECTION, name: 'b' }, COLLECTION] },
    ],
    [
      'collections[0].indexes[1].name must not be "i": collections[0].indexes[0] has it',
      { collections: [{ ...COLLECTION, indexes: [INDEX, INDEX] }] },
    ],
    [
      'collections[0].indexes[0].keys[0].order (of a) must be one of asc, desc, not "up"',
      {
        collections: [
          {
            name: 'a',
            permission: 'ADMINONLY',
            indexes: [{ name: 'i', keys: [{ field: 'f', order: 'up' }] }],
          },
        ],
      },
    ],
  ])('is refused where %s', (message, change) => {
    expect(() => read({ ...WHOLE, ...change })).toThrow(`resources.json: ${message}`);
  });

  test('is refused where it is not JSON, by the name of the file, line and column', () => {
    const file = join(folder, 'broken.json');
    writeFileSync(file, '{\n  "functions": [1,,2]\n}');
    expect(() => readResources(file)).toThrow(`${file}: line 2, column 19: `);
    writeFileSync(file, '');
    expect(() => readResources(file)).toThrow(`${file}: line 1, column 1: `);
    expect(() => readResources(`${file}.not-there`)).toThrow(`${file}.not-there: `);
  });

  test('has timers that name months and weekdays', () => {
    const timer = { name: 'monthly', cron: '0 */5 1,13 1-7 JAN,JUL MON-FRI *' };
    const [sweep] = read({ ...WHOLE, functions: [{ ...FUNCTION, timer }] }).functions;
    expect(sweep?.timer).toEqual(timer);
  });

  test('lets functions call no open interface unless it says so', () => {
    const functions = [FUNCTION, { ...FUNCTION, name: 'a', permissions: {} }];
    const { permissions, ...defaults } = DEFAULTS;
    expect(read({ ...WHOLE, functions, defaults }).functions.map((one) => one.permissions)).toEqual(
      [permissions, permissions],
    );
  });

  test('has indexes that are not unique, and no indexes, unless it says otherwise', () => {
    const index = { name: 'i', keys: [{ field: 'f', order: 'asc' }] };
    const [a, b] = [
      { name: 'a', permission: 'ADMINONLY' },
      { name: 'b', permission: 'ADMINONLY', indexes: [index] },
    ];
    expect(read({ ...WHOLE, collections: [a, b] }).collections).toEqual([
      { ...a, indexes: [] },
      { ...b, indexes: [{ ...index, unique: false }] },
    ]);
  });

  test('of this project lets no client read or write', () => {
    const { collections } = readResources(`${root}/cloudfunctions/resources.json`);
    expect(collections.map(({ permission }) => permission)).toEqual(
      collections.map(() => 'ADMINONLY'),
    );
  });
});
