/**
 * The rooms and the arrows between them, for eslint-plugin-boundaries: by folder, what it may import. That is other folders, and doors
 * by the name that package.json gives them. Every other import is refused: a path past a door, and an arrow that runs back.
 *
 * A folder stands for the folders in it too, unless they have an entry of their own. Entries are in such an order that a room imports
 * only what stands above it.
 */

const session = 'cloudfunctions/shared/session';
const sharedRooms = [
  'cloudfunctions/shared/identity',
  'cloudfunctions/shared/counters',
  session,
  'cloudfunctions/shared/personal-data',
];

const functions = {
  'cloudfunctions/shared/identity': [],
  'cloudfunctions/shared/counters': [],
  [session]: ['cloudfunctions/shared/identity', 'cloudfunctions/shared/counters'],
  'cloudfunctions/shared/personal-data': ['cloudfunctions/shared/identity', session],
  // A function of its own each: only `account`, which removes what others keep, knows others.
  'cloudfunctions/login': [session],
  'cloudfunctions/logout': [session],
  'cloudfunctions/session': [session],
  'cloudfunctions/sweep': [session],
  'cloudfunctions/note': sharedRooms,
  'cloudfunctions/profile': sharedRooms,
  'cloudfunctions/account': [...sharedRooms, 'cloudfunctions/note', 'cloudfunctions/profile'],
  'cloudfunctions/gateway': sharedRooms,
  // The doors: contract.ts, configuration.ts and testing.ts.
  cloudfunctions: [
    ...sharedRooms,
    'cloudfunctions/note',
    'cloudfunctions/profile',
    'cloudfunctions/account',
    'cloudfunctions/gateway',
  ],
};

const config = 'miniprogram/config.ts';
const clients = [
  'miniprogram/i18n',
  'miniprogram/session',
  'miniprogram/privacy',
  'miniprogram/devices',
  'miniprogram/note',
  'miniprogram/profile',
];

/** Of the functions, types only: what a phone loads holds nothing of theirs. */
const miniprogram = {
  'miniprogram/i18n': [config],
  'miniprogram/session': [config, 'miniprogram/i18n', '#functions/contract'],
  'miniprogram/privacy': ['miniprogram/session'],
  'miniprogram/devices': ['miniprogram/session', '#functions/contract'],
  'miniprogram/note': ['miniprogram/session', '#functions/contract'],
  'miniprogram/profile': ['miniprogram/session', '#functions/contract'],
  'miniprogram/components': [config, ...clients],
  'miniprogram/pages': [config, ...clients, 'miniprogram/components'],
  // app.ts
  miniprogram: ['miniprogram/session'],
};

const tools = ['scripts/lib', 'scripts/project'];

const scripts = {
  'scripts/lib': [],
  'scripts/project': ['scripts/lib'],
  'scripts/miniprogram-files': ['scripts/lib'],
  'scripts/local-cloud': [],
  'scripts/preview': ['scripts/lib', 'scripts/miniprogram-files'],
  'scripts/build': tools,
  'scripts/check': [...tools, 'scripts/miniprogram-files', '#preview'],
  'scripts/deploy': [...tools, '#functions/configuration'],
  'scripts/doctor': [...tools, 'scripts/check', 'scripts/deploy', '#functions/configuration'],
  'scripts/upload': tools,
  'scripts/screenshots': [...tools, '#preview', '#local-cloud'],
  'scripts/bench': [...tools, '#preview', '#local-cloud', '#local-cloud/testing'],
  'scripts/testing': [...tools, 'scripts/build'],
  'scripts/commands': [
    ...tools,
    'scripts/build',
    'scripts/check',
    'scripts/deploy',
    'scripts/doctor',
    'scripts/upload',
    'scripts/screenshots',
    'scripts/bench',
    'scripts/testing',
    '#preview',
    '#local-cloud',
    '#local-cloud/testing',
  ],
};

const doors = [
  '#functions/testing',
  '#functions/contract',
  '#local-cloud',
  '#local-cloud/testing',
  '#preview',
  '#preview/testing',
];
const support = [...tools, ...doors, 'test/support', 'test/config'];

/** A test may reach into the room that it mirrors, and into no other. */
const tests = {
  'test/config': [],
  'test/support': [...support, 'scripts/build', 'scripts/deploy', 'scripts/doctor'],
  'test/cloudfunctions': [...support, 'cloudfunctions/**'],
  'test/miniprogram': [...support, 'miniprogram/**'],
  ...Object.fromEntries(
    Object.keys(scripts).map((room) => [`test/${room}`, [...support, room, `${room}/**`]]),
  ),
  'test/flows': support,
  test: support,
};

export const rooms = { ...functions, ...miniprogram, ...scripts, ...tests };
