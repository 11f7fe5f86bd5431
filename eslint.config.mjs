import parser from '@typescript-eslint/parser';
import boundaries from 'eslint-plugin-boundaries';
import n from 'eslint-plugin-n';
import { readFileSync } from 'node:fs';
import { rooms } from './scripts/check/rooms.mjs';

const { imports } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));

const folders = Object.keys(rooms);
const depth = (folder) => folder.split('/').length;

/** A folder beside listed ones that is not listed itself is a room that may import nothing. */
const unlisted = [...new Set(folders.filter((folder) => folder.includes('/')).map(parentOf))];

/** The deepest first: a file is in the room that is nearest. */
const elements = [...folders, ...unlisted.map((folder) => `${folder}/*`)]
  .sort((one, other) => depth(other) - depth(one))
  .map((folder) => ({ type: folder, pattern: folder, partialMatch: false }));

/** What `from` may import: a room, one file, or a door by the name that package.json gives it. */
function allow(target, from) {
  if (target.endsWith('.ts')) return { to: { file: { path: target } } };
  if (!target.startsWith('#')) return { to: { element: { type: target } } };
  const kind = from.startsWith('miniprogram') ? 'type' : '*';
  return { to: { file: { path: fileOf(target) } }, dependency: { source: target, kind } };
}

function fileOf(door) {
  const [house, room] = door.split('/');
  const file = imports[door] ?? imports[`${house}/*`].replace('*', room);
  return file.replace('./', '');
}

function parentOf(folder) {
  return folder.slice(0, folder.lastIndexOf('/'));
}

/**
 * What the files of each room may import. A block for each, the deepest last, as the last one that
 * matches a file holds: the plugin tries every policy that it is given on every import.
 */
const arrows = folders
  .toSorted((one, other) => depth(one) - depth(other))
  .map((folder) => ({
    files: [`${folder}/**/*.{ts,mjs,cjs}`],
    rules: {
      'boundaries/dependencies': [
        'error',
        {
          default: 'disallow',
          policies: [folder, ...rooms[folder]].map((target) => ({
            from: { element: { type: folder } },
            allow: allow(target, folder),
          })),
        },
      ],
    },
  }));

export default [
  { ignores: ['dist/', 'node_modules/', 'coverage/', 'reports/', '.local-cloud/'] },
  // All other rules are oxlint's, in .oxlintrc.json: it needs a tenth of the time.
  { files: ['**/*.ts'], languageOptions: { parser } },
  {
    files: ['{cloudfunctions,miniprogram,scripts,test}/**/*.{ts,mjs,cjs}'],
    plugins: { boundaries },
    settings: {
      'import/resolver': {
        typescript: {
          project: [
            'cloudfunctions',
            'miniprogram',
            'scripts',
            'scripts/preview/page',
            'scripts/web-sign-in',
            'test',
          ],
          noWarnOnMultipleProjects: true,
        },
      },
      'boundaries/dependency-nodes': ['import', 'dynamic-import', 'export', 'require'],
      'boundaries/elements': elements,
    },
    rules: {
      'boundaries/no-unknown-files': 'error',
      // Of these, no rule could say where they lead.
      'no-restricted-syntax': [
        'error',
        {
          selector: "ImportExpression:not([source.type='Literal'])",
          message: 'Name the module.',
        },
      ],
    },
  },
  ...arrows,
  {
    // What Node 16, the oldest runtime of the cloud, does not have.
    files: ['cloudfunctions/**/*.ts'],
    plugins: { n },
    rules: {
      'n/no-unsupported-features/node-builtins': ['error', { version: '>=16.13.0' }],
      'n/no-unsupported-features/es-builtins': ['error', { version: '>=16.13.0' }],
    },
  },
  {
    // The functions' domain stays free of the SDK and of the clock: both are passed in.
    files: ['cloudfunctions/shared/session/{session*,login-action,logout-action}.ts'],
    rules: {
      'no-restricted-globals': ['error', 'process', 'console'],
      'no-restricted-syntax': [
        'error',
        {
          selector: "MemberExpression[object.name='Date'][property.name='now']",
          message: 'Take `now` as an argument.',
        },
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: 'Take `now` as an argument.',
        },
      ],
    },
  },
];
