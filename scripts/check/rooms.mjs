/**
 * The rooms and the arrows between them, for eslint-plugin-boundaries: by folder, what it may
 * import. That is other folders, and doors by the name that package.json gives them. Every other
 * import is refused: a path past a door, and an arrow that runs back.
 *
 * A folder stands for the folders in it too, unless they have an entry of their own. A room imports
 * only what stands above it, so that nothing runs in a circle.
 */

/**
 * Entries whose folders, and what they import of each other, are named from `base`; '.' is `base`
 * itself.
 */
function within(base, entries) {
  const folderOf = (name) => {
    if (name === '.') return base;
    return name.startsWith('#') || name.startsWith('scripts/') ? name : `${base}/${name}`;
  };
  return Object.fromEntries(
    Object.entries(entries).map(([name, targets]) => [folderOf(name), targets.map(folderOf)]),
  );
}

const shared = [
  ...['shared/identity', 'shared/counters', 'shared/account', 'shared/session'],
  'shared/personal-data',
];

const functions = within('cloudfunctions', {
  'shared/database': [],
  'shared/identity': ['shared/database'],
  'shared/counters': ['shared/database'],
  'shared/password': ['shared/database'],
  'shared/account': ['shared/database', 'shared/identity'],
  'shared/session': ['shared/database', 'shared/identity', 'shared/counters', 'shared/account'],
  'shared/ways-in': ['shared/database', 'shared/identity', 'shared/password', 'shared/session'],
  'shared/device-grants': [
    ...['shared/database', 'shared/identity', 'shared/session', 'shared/ways-in'],
  ],
  'shared/personal-data': ['shared/database', 'shared/identity', 'shared/session'],
  // A function of its own each: only `account`, which removes what others keep, knows others.
  login: ['shared/session'],
  'login-phone': ['shared/identity', 'shared/session', 'shared/ways-in'],
  'login-password': ['shared/password', 'shared/session', 'shared/ways-in'],
  identity: ['shared/identity', 'shared/password', 'shared/session', 'shared/ways-in'],
  logout: ['shared/session'],
  session: ['shared/session'],
  sweep: ['shared/session'],
  note: shared,
  profile: shared,
  account: [...shared, 'shared/ways-in', 'note', 'profile'],
  authorize: ['shared/identity', 'shared/counters', 'shared/session', 'shared/device-grants'],
  gateway: [...shared, 'shared/password', 'shared/ways-in', 'shared/device-grants'],
  // The doors: contract.ts, session-contract.ts, configuration.ts, operators.ts and testing.ts.
  '.': [
    ...[...shared, 'shared/password', 'shared/ways-in', 'note', 'profile', 'account', 'gateway'],
    ...['login-phone', 'identity', 'authorize', 'shared/device-grants'],
  ],
});

const clients = [
  ...[
    'i18n',
    'i18n/session',
    'settings',
    'session',
    'dialogs',
    'privacy',
    'devices',
    'identity',
    'note',
    'profile',
  ],
  'web-sign-in',
];

/** Of the functions, types only: what a phone loads holds nothing of theirs. */
const miniprogram = within('miniprogram', {
  'i18n/session': [],
  settings: ['i18n/session'],
  i18n: ['settings', 'i18n/session'],
  session: ['settings', 'i18n/session', '#functions/session-contract'],
  dialogs: ['i18n'],
  privacy: ['session'],
  devices: ['i18n', 'session', '#functions/contract'],
  identity: ['session', '#functions/contract'],
  note: ['session', '#functions/contract'],
  'web-sign-in': ['session', '#functions/contract'],
  profile: ['settings', 'session', '#functions/contract'],
  components: [...clients],
  pages: ['config.ts', ...clients, 'components', '#functions/contract'],
  // app.ts and configure.ts
  '.': ['i18n', 'settings', 'session'],
});

/** Knows no other room of the scripts: it can be taken elsewhere as it is. */
const localCloud = within('scripts/local-cloud', {
  bson: [],
  protocol: ['bson'],
  environment: ['protocol'],
  'database/geo': ['bson'],
  'database/operators/query': ['bson', 'database/geo'],
  'database/operators/expression': ['bson', 'database/operators/query'],
  'database/operators/accumulator': ['bson', 'database/operators/expression'],
  'database/operators/pipeline': ['bson', 'database/geo', 'database/operators/query'],
  'database/operators': [
    'bson',
    'database/operators/query',
    'database/operators/expression',
    'database/operators/accumulator',
    'database/operators/pipeline',
  ],
  'database/store': ['bson'],
  'database/query': ['bson', 'database/operators', 'database/operators/query', 'database/store'],
  'database/update/operators': ['bson', 'database/operators', 'database/operators/query'],
  'database/update': ['bson', 'database/query', 'database/store', 'database/update/operators'],
  database: [
    'bson',
    'protocol',
    'database/operators',
    'database/store',
    'database/query',
    'database/update',
  ],
  storage: ['bson', 'protocol'],
  'functions/instance': [],
  functions: ['bson', 'protocol', 'environment', 'functions/instance'],
  'open-interfaces': ['bson', 'protocol', 'environment'],
  'client-access/rules': ['bson'],
  'client-access': [
    ...['bson', 'protocol', 'environment', 'database/store', 'database', 'storage'],
    'client-access/rules',
  ],
  server: [
    ...['bson', 'protocol', 'environment', 'database/store', 'database', 'storage', 'functions'],
    ...['open-interfaces', 'client-access'],
  ],
  project: ['bson', 'environment', 'database', 'functions'],
  'wx-cloud': [],
  devtools: ['wx-cloud'],
  // The doors: index.ts, data-dir.ts and testing.ts.
  '.': [
    ...['environment', 'database/store', 'database', 'storage', 'functions', 'open-interfaces'],
    ...['client-access', 'server', 'project'],
  ],
});

const files = 'scripts/miniprogram-files';
const phone = ['page/phone/state', 'page/phone/glass-easel', 'page/phone/miniprogram'];

/** Only `page` and the door bring an app and the preview together. */
const preview = within('scripts/preview', {
  app: ['scripts/lib'],
  bundle: ['scripts/lib', files],
  'this-app': ['scripts/lib', 'app'],
  'any-app': ['app'],
  compile: ['scripts/lib', files, 'bundle'],
  'page/phone/state': ['bundle'],
  'page/shared': ['bundle', 'page/phone/state'],
  'page/phone/glass-easel': [files, 'bundle'],
  'page/phone/miniprogram': [
    files,
    'bundle',
    'page/shared',
    'page/phone/state',
    'page/phone/glass-easel',
  ],
  'page/phone/built-in': [files, 'bundle', 'page/shared', ...phone],
  'page/phone/chrome': [
    files,
    'bundle',
    'page/shared',
    'page/phone/state',
    'page/phone/miniprogram',
  ],
  'page/phone/wx': [
    '#local-cloud/wx-cloud',
    'page/phone/state',
    'page/phone/glass-easel',
    'page/phone/miniprogram',
    'page/phone/chrome',
  ],
  'page/phone': [
    ...[files, 'bundle', 'page/shared', ...phone],
    ...['page/phone/built-in', 'page/phone/chrome', 'page/phone/wx'],
  ],
  'page/panel': ['app', 'bundle', 'page/shared'],
  // One of the doors, testing.ts, is among the pages.
  page: [
    '#local-cloud/wx-cloud',
    'app',
    'bundle',
    'this-app',
    'any-app',
    'page/shared',
    'page/phone/state',
    'page/phone/miniprogram',
    'page/phone/wx',
    'page/phone',
    'page/panel',
  ],
  '.': ['scripts/lib', files, 'app', 'bundle', 'this-app', 'any-app', 'compile'],
});

/** Rooms of the scripts that others enter by their index only. */
const entered = [
  ...['stack', 'build', 'check', 'deploy', 'doctor', 'account', 'upload', 'screenshots', 'bench'],
  ...['pack', 'other-project', 'start'],
];
const index = (...names) => names.map((name) => `${name}/index.ts`);

const scripts = {
  'scripts/lib': [],
  'scripts/project': ['scripts/lib'],
  [files]: ['scripts/lib'],
  ...localCloud,
  ...preview,
  ...within('scripts', {
    // For pages of others: it knows nothing of this project but the gateway.
    'web-sign-in': [],
    stack: ['lib', 'project', '#preview', '#local-cloud'],
    'other-project': ['lib', 'miniprogram-files', '#local-cloud'],
    start: [
      ...['lib', 'project', 'miniprogram-files', ...index('build', 'stack', 'other-project')],
      ...['#preview', '#local-cloud', '#local-cloud/data-dir'],
    ],
    build: ['lib', 'project'],
    check: ['lib', 'project', 'miniprogram-files', '#preview'],
    deploy: ['lib', 'project', '#functions/configuration'],
    doctor: ['lib', 'project', ...index('check', 'deploy'), '#functions/configuration'],
    account: ['lib', 'project', ...index('deploy'), '#functions/operators'],
    upload: ['lib', 'project'],
    screenshots: ['lib', 'project', ...index('stack', 'build'), '#preview'],
    bench: ['lib', 'project', ...index('stack', 'build'), '#local-cloud/testing'],
    testing: ['lib', 'project', ...index('build')],
    // The commands of a package; `pack` makes it.
    packaged: [
      ...['lib', '#local-cloud', '#preview', 'stack', 'other-project/index.ts'],
      // Not its index, which builds this project.
      'start/explain.ts',
    ],
    pack: ['lib', 'project', ...index('build'), 'packaged', 'scripts/local-cloud/functions'],
    commands: [
      ...['lib', 'project', ...index(...entered, 'testing')],
      ...['#preview', '#local-cloud', '#local-cloud/testing'],
    ],
    // run.mjs
    '.': ['lib', 'commands'],
  }),
};

const tools = [
  'scripts/lib',
  'scripts/project',
  ...index(...entered, 'testing').map((file) => `scripts/${file}`),
  'scripts/commands',
  '#functions/testing',
  '#functions/contract',
  '#functions/session-contract',
  '#local-cloud',
  '#local-cloud/testing',
  '#local-cloud/wx-cloud',
  '#preview',
  '#preview/testing',
  'test/config',
  'test/support',
];

/** What a test mirrors: the functions, the mini program, and each room of the scripts. */
const mirrored = {
  cloudfunctions: [],
  miniprogram: [],
  ...Object.fromEntries(Object.entries(scripts).filter(([room]) => /^scripts\/[^/]+$/.test(room))),
};

/** A test may reach into what it mirrors, and import what that may; nothing else. */
const tests = {
  'test/config': [],
  'test/support': [...tools, 'scripts/build', 'scripts/deploy', 'scripts/doctor'],
  ...Object.fromEntries(
    Object.entries(mirrored).map(([room, targets]) => [
      `test/${room}`,
      [...tools, room, `${room}/**`, ...targets],
    ]),
  ),
  'test/scripts': tools,
  'test/flows': tools,
  test: tools,
};

export const rooms = { ...functions, ...miniprogram, ...scripts, ...tests };
