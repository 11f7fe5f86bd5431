/** Builds beside a local cloud that runs what they put in place: real builds, the real SDK. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openTestCloud, type TestCloud } from '#local-cloud/testing';
import { createBuilder, type Builder } from '../../../scripts/build/builder';
import { removeMiniprograms, writeFolder } from '../../support/miniprogram-folder';
import { LIN } from '../../support/people';

const BUILDS = 12;

let dir: string;
let builder: Builder;
let cloud: TestCloud;

const write = (version: number): void => {
  writeFileSync(
    join(dir, 'cloudfunctions/a/index.ts'),
    `import cloud from 'wx-server-sdk';
cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV });
export const main = async () => {
  const notes = cloud.database().collection('notes');
  await notes.doc('one').set({ data: { version: ${String(version)} } });
  return { ok: true, version: ${String(version)} };
};
`,
  );
};

beforeEach(async () => {
  dir = writeFolder({
    'package.json': { version: '1.0.0' },
    'cloudfunctions/resources.json': {
      functions: [
        {
          name: 'a',
          description: 'A function.',
          runtime: 'Nodejs20.19',
          memoryMb: 256,
          timeoutSeconds: 20,
          variables: {},
          permissions: { openapi: [] },
          sessions: 'checks',
        },
      ],
      collections: [],
    },
    'cloudfunctions/a/index.ts': '',
    'miniprogram/app.json': { pages: [] },
    'miniprogram/app.ts': 'App({});',
  });
  builder = createBuilder({ dir, libraries: false });
  write(0);
  await builder.build();
  cloud = await openTestCloud({
    functionsDir: join(dir, 'dist/cloudfunctions'),
    collections: ['notes'],
  });
});

afterEach(async () => {
  await cloud.close();
  await builder.close();
  removeMiniprograms();
});

test('a function that is called without pause fails in no build, and the last one is seen', async () => {
  let isOver = false;
  const versions = new Set<unknown>();
  const callOn = async (): Promise<void> => {
    while (!isOver) {
      // It throws what the platform answers when a function can't be loaded: -501000, -504002.
      const { ok, version } = await cloud.call('a', LIN, {});
      expect(ok).toBe(true);
      versions.add(version);
    }
  };
  const calling = Promise.all([callOn(), callOn()]);
  // Two at once, as `npm test` beside `npm start`.
  const other = createBuilder({ dir, libraries: false });
  try {
    for (let version = 1; version <= BUILDS; version += 1) {
      write(version);
      await Promise.all([builder.build(), other.build()]);
    }
  } finally {
    isOver = true;
    await other.close();
    await calling;
  }
  expect(versions.size).toBeGreaterThan(1);
  expect(await cloud.call('a', LIN, {})).toEqual({ ok: true, version: BUILDS });
});

test('a build that changes nothing leaves an instance warm', async () => {
  await cloud.call('a', LIN, {});
  expect((await builder.build()).changed).toEqual([]);
  await cloud.call('a', LIN, {});
  expect((await cloud.lastCall()).cold).toBe(false);
});
