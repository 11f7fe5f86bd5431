/** What the documents name is there. */
import { describe, expect, test } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readResources } from '../scripts/project/resources';
import { root } from '../scripts/project/root';

/** In both languages. */
const IN_TWO_LANGUAGES = [
  'README.md',
  'cloudfunctions/README.md',
  'cloudfunctions/ADOPTING.md',
  'cloudfunctions/DEPLOYING.md',
  'cloudfunctions/WAYS-IN.md',
  'cloudfunctions/WEB-SIGN-IN.md',
  'cloudfunctions/gateway/README.md',
  'scripts/README.md',
  'scripts/local-cloud/README.md',
  'scripts/pack/local/README.md',
  'scripts/pack/session/README.md',
  'scripts/preview/README.md',
];
const chinese = (document: string): string => document.replace('.md', '.zh-CN.md');
const DOCUMENTS = [
  ...IN_TWO_LANGUAGES.flatMap((document) => [document, chinese(document)]),
  '.github/CONTRIBUTING.md',
  '.github/SECURITY.md',
];
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const sources = ['cloudfunctions', 'miniprogram', 'scripts', 'test'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map(
    (file) => `/${folder}/${file.replace(/\\/g, '/')}`,
  ),
);

describe.each(DOCUMENTS)('%s', (document) => {
  test('names only sources and tests that exist', () => {
    const named = [...read(document).matchAll(/`((?:[\w-]+\/)*[a-z][\w.-]*\.ts)`/g)].map(
      ([, file = '']) => file,
    );
    expect(named.filter((file) => !sources.some((path) => path.endsWith(`/${file}`)))).toEqual([]);
  });

  test('links only to files that exist', () => {
    const links = [...read(document).matchAll(/\]\((?!https?:)([^)#]+)/g)].map(
      ([, link]) => link ?? '',
    );
    const missing = links.filter((link) => !existsSync(join(root, dirname(document), link)));
    expect(missing).toEqual([]);
  });

  test('names only npm commands that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = [...read(document).matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name ?? '');
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });
});

test.each(IN_TWO_LANGUAGES)('%s and its Chinese version name the same', (document) => {
  const skeleton = (text: string): unknown => ({
    headings: [...text.matchAll(/^#+ /gm)].length,
    items: [...text.matchAll(/^(?:- |\d+\. )/gm)].length,
    rows: [...text.matchAll(/^\|/gm)].length,
    // Each shows the phones, and leads to documents, in its own language.
    links: [...text.matchAll(/\]\(([^)]+)/g)]
      .map(([, link = '']) =>
        link.replace('.zh-CN.md', '.md').replace(/\.(zh\.light|en\.dark)\.png$/, '.png'),
      )
      .sort(),
    commands: [...text.matchAll(/npm (?:run [\w:-]+|start|test)/g)]
      .map(([command]) => command)
      .sort(),
  });
  expect(skeleton(read(chinese(document)))).toEqual(skeleton(read(document)));
});

test.each(['scripts/pack/session/README.md', 'scripts/pack/session/README.zh-CN.md'])(
  '%s names every colour of the sheets that an app may set, and no other',
  (document) => {
    const variables = (text: string): string[] => [
      ...new Set([...text.matchAll(/--session-[a-z-]+/g)].map(([name]) => name)),
    ];
    const table = variables(read(document));
    const colours = read('miniprogram/components/sheet-colours.wxss');
    expect(table.sort()).toEqual(variables(colours.replace(/\/\*[^]*?\*\//g, '')).sort());
  },
);

test.each(['README.md', 'README.zh-CN.md'])('%s is read in a few minutes', (document) => {
  expect(read(document).split('\n').length).toBeLessThan(100);
});

test.each(['cloudfunctions/DEPLOYING.md', 'cloudfunctions/DEPLOYING.zh-CN.md'])(
  '%s names every function, collection and index that the cloud must hold',
  (document) => {
    const { functions, collections } = readResources(`${root}/cloudfunctions/resources.json`);
    const names = [
      ...functions.map(({ name }) => name),
      ...collections.flatMap(({ name, indexes }) => [
        name,
        ...indexes.flatMap(({ keys }) => keys.map(({ field }) => field)),
      ]),
    ];
    const text = read(document);
    expect(names.filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
  },
);

test('the version is said in package.json, and the changelog has a section for it', () => {
  const { version } = JSON.parse(read('package.json')) as { version: string };
  expect(read('CHANGELOG.md')).toContain(`\n## ${version} (`);
});
