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
  sessions: 'checks',
  variables: {},
};
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

  test.each<[string, object]>([
    ['the runtime of login must be one of', { defaults: { ...DEFAULTS, runtime: 'Nodejs8.9' } }],
    ['memoryMb of login must be a whole', { defaults: { ...DEFAULTS, memoryMb: '256' } }],
    ['sessions of login must be', { functions: [{ ...FUNCTION, sessions: 'some' }] }],
    ['timeoutSeconds of login must be', { functions: [{ ...FUNCTION, timeoutSeconds: 0 }] }],
    [
      'the variable A of login must be a text',
      { functions: [{ ...FUNCTION, variables: { A: 1 } }] },
    ],
    [
      'cron must have seven fields',
      { functions: [{ ...FUNCTION, timer: { name: 'x', cron: '0 * * * *' } }] },
    ],
    ['functions must be an array', { functions: {} }],
    ['collections must be an array', { collections: undefined }],
    ['permission must be a text', { collections: [{ name: 'a' }] }],
    [
      'order must be "asc" or "desc"',
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
    expect(() => read({ ...WHOLE, ...change })).toThrow(message);
  });

  test('of this project lets no client read or write', () => {
    const { collections } = readResources(`${root}/cloudfunctions/resources.json`);
    expect(collections.map(({ permission }) => permission)).toEqual(
      collections.map(() => 'ADMINONLY'),
    );
  });
});
