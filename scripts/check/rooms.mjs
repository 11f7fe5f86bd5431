/**
 * The rooms and the arrows between them, for eslint-plugin-boundaries: by folder, what it may import. That is other folders, and doors
 * by the name that package.json gives them. Every other import is refused: a path past a door, and an arrow that runs back.
 *
 * A folder stands for the folders in it too, unless they have an entry of their own. Entries are in such an order that a room imports
 * only what stands above it.
 */

const functions = {
  'cloudfunctions/shared/identity': [],
  'cloudfunctions/shared/counters': [],
  'cloudfunctions/shared/session': [
    'cloudfunctions/shared/identity',
    'cloudfunctions/shared/counters',
  ],
  'cloudfunctions/shared/personal-data': [
    'cloudfunctions/shared/identity',
    'cloudfunctions/shared/session',
  ],
  // A function of its own each: only `account`, which removes what the others keep, knows others.
  'cloudfunctions/login': ['cloudfunctions/shared/session'],
  'cloudfunctions/logout': ['cloudfunctions/shared/session'],
  'cloudfunctions/session': ['cloudfunctions/shared/session'],
  'cloudfunctions/sweep': ['cloudfunctions/shared/session'],
  'cloudfunctions/note': ['cloudfunctions/shared/*'],
  'cloudfunctions/profile': ['cloudfunctions/shared/*'],
  'cloudfunctions/gateway': ['cloudfunctions/shared/*'],
  'cloudfunctions/account': ['cloudfunctions/shared/*', 'cloudfunctions/{note,profile}'],
  // The doors: contract.ts, configuration.ts and testing.ts.
  cloudfunctions: ['cloudfunctions/**'],
};

/** Of the functions, types only: what a phone loads holds nothing of theirs. */
const miniprogram = {
  'miniprogram/i18n': ['miniprogram/config.ts'],
  'miniprogram/session': ['miniprogram/config.ts', 'miniprogram/i18n', '#functions/contract'],
  'miniprogram/privacy': ['miniprogram/session'],
  'miniprogram/devices': ['miniprogram/session', '#functions/contract'],
  'miniprogram/note': ['miniprogram/session', '#functions/contract'],
  'miniprogram/profile': ['miniprogram/session', '#functions/contract'],
  'miniprogram/components': [
    'miniprogram/config.ts',
    'miniprogram/{i18n,session,privacy,devices,note,profile}',
  ],
  'miniprogram/pages': [
    'miniprogram/config.ts',
    'miniprogram/{i18n,session,privacy,devices,note,profile,components}',
  ],
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
  'scripts/doctor': [...tools, 'scripts/{check,deploy}', '#functions/configuration'],
  'scripts/upload': tools,
  'scripts/screenshots': [...tools, '#preview', '#local-cloud'],
  'scripts/bench': [...tools, '#preview', '#local-cloud', '#local-cloud/testing'],
  'scripts/testing': [...tools, 'scripts/build'],
  'scripts/commands': [
    ...tools,
    'scripts/{build,check,deploy,doctor,upload,screenshots,bench,testing}',
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
  'test/support': [...support, 'scripts/{build,deploy,doctor}'],
  'test/cloudfunctions': [...support, 'cloudfunctions/**'],
  'test/miniprogram': [...support, 'miniprogram/**'],
  ...Object.fromEntries(
    Object.keys(scripts).map((room) => [`test/${room}`, [...support, room, `${room}/**`]]),
  ),
  'test/flows': support,
  test: support,
};

export const rooms = { ...functions, ...miniprogram, ...scripts, ...tests };
