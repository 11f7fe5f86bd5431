/** The rooms of `scripts/check/rooms.mjs` are what lint holds: each rule is broken once. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { root } from '../../../scripts/project/root';

/** By title: the file that imports, and the line with which it does. */
const REFUSED: Readonly<Record<string, readonly [file: string, line: string]>> = {
  'a function that imports a script': [
    'cloudfunctions/login/index.ts',
    "import '../../scripts/lib/on-path';",
  ],
  'a function that imports another': [
    'cloudfunctions/note/index.ts',
    "import '../account/account-action';",
  ],
  'a shared room that imports one above it': [
    'cloudfunctions/shared/identity/caller.ts',
    "import '../session/session';",
  ],
  'a page that takes more than types from the functions': [
    'miniprogram/session/device.ts',
    "import '#functions/contract';",
  ],
  'a page that takes types past the door of the functions': [
    'miniprogram/session/device.ts',
    "import type { Device } from '../../cloudfunctions/shared/session/contract';",
  ],
  'a page that imports another house': ['miniprogram/session/device.ts', "import '#local-cloud';"],
  'the session client that imports a page': [
    'miniprogram/session/device.ts',
    "import '../pages/mine/mine-view';",
  ],
  'a script that imports a test': [
    'scripts/bench/client.ts',
    "import '../../test/support/local-cloud';",
  ],
  'a script that goes past the door of the local cloud': [
    'scripts/commands/start.ts',
    "import '../local-cloud/environment/clock';",
  ],
  'a script that goes past the door of the local cloud by require': [
    'scripts/commands/start.ts',
    "require('../local-cloud/environment/clock');",
  ],
  'a script that goes past the door of the preview by import()': [
    'scripts/commands/start.ts',
    "void import('../preview/server');",
  ],
  'a script that enters by the path of a door and not by its name': [
    'scripts/commands/start.ts',
    "import '../local-cloud/index';",
  ],
  'what every room uses that imports a room': [
    'scripts/lib/on-path.ts',
    "import '../project/root';",
  ],
  'the local cloud that imports another room': [
    'scripts/local-cloud/index.ts',
    "import '../lib/on-path';",
  ],
  'a room that imports a command': ['scripts/build/index.ts', "import '../commands/start';"],
  'a test that reaches into a room that it does not mirror': [
    'test/flows/two-phones.test.ts',
    "import '../../scripts/local-cloud/environment/clock';",
  ],
  'a room of the scripts entered past its index': [
    'scripts/commands/deploy.ts',
    "import '../deploy/plan';",
  ],
  'a new function that is not in the list': [
    'cloudfunctions/orders/index.ts',
    "import '../note/note-action';",
  ],
  'a new room of the local cloud that is not in the list': [
    'scripts/local-cloud/orders/index.ts',
    "import '../server/listen';",
  ],
  'a new room of the scripts that is not in the list': [
    'scripts/orders/index.ts',
    "import '../lib/on-path';",
  ],
  'plain JavaScript that goes past a door': [
    'scripts/bench/peers/ours.mjs',
    "import '../../local-cloud/environment/clock.ts';",
  ],
  'a re-export past a door': [
    'scripts/commands/start.ts',
    "export * from '../local-cloud/environment/clock';",
  ],
};

/** Where it leads cannot be told. */
const UNKNOWN: readonly [file: string, line: string] = [
  'scripts/commands/start.ts',
  "const room = '../local-cloud/clock'; void import(room);",
];

const ALLOWED: Readonly<Record<string, readonly [file: string, line: string]>> = {
  'a script that enters by a door': ['scripts/commands/start.ts', "import '#local-cloud';"],
  'a page that takes types by the door of the functions': [
    'miniprogram/session/device.ts',
    "import type { Device } from '#functions/session-contract';",
  ],
  'a test of the room that it mirrors': [
    'test/scripts/check/tags.test.ts',
    "import '../../../scripts/check/tags';",
  ],
  'a room that imports one below it': ['scripts/build/index.ts', "import '../project/root';"],
};

/** In a process of its own: the configuration is an ES module, which jest does not load. */
const LINT = `
  import { ESLint } from 'eslint';
  import { rooms } from './scripts/check/rooms.mjs';
  const eslint = new ESLint({
    ruleFilter: ({ ruleId }) => /^boundaries\\/|^no-restricted-syntax$/.test(ruleId),
  });
  const found = {};
  for (const [title, [filePath, line]] of Object.entries(JSON.parse(process.argv[1]))) {
    const [{ messages }] = await eslint.lintText(line, { filePath });
    found[title] = messages.map(({ ruleId }) => ruleId);
  }
  process.stdout.write(JSON.stringify({ found, rooms }));
`;

let found: Record<string, string[]>;
let rooms: Record<string, string[]>;

beforeAll(async () => {
  const cases = JSON.stringify({ ...REFUSED, ...ALLOWED, UNKNOWN });
  const args = ['--input-type=module', '--eval', LINT, cases];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root });
  ({ found, rooms } = JSON.parse(stdout) as { found: typeof found; rooms: typeof rooms });
});

describe('lint refuses', () => {
  test.each(Object.keys(REFUSED))('%s', (title) => {
    expect(found[title]).toEqual(['boundaries/dependencies']);
  });
});

test('lint refuses an import() of what is computed', () => {
  expect(found['UNKNOWN']).toEqual(['no-restricted-syntax']);
});

describe('lint takes', () => {
  test.each(Object.keys(ALLOWED))('%s', (title) => {
    expect(found[title]).toEqual([]);
  });
});

test('every arrow of the list points up, so that none runs in a circle', () => {
  const names = Object.keys(rooms);
  const down = Object.entries(rooms).flatMap(([room, targets]) =>
    targets
      .filter((target) => names.indexOf(target) > names.indexOf(room))
      .map((target) => `${room} -> ${target}`),
  );
  expect(down).toEqual([]);
});
