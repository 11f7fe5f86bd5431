/** What the documents name is there. */
import { describe, expect, test } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readResources } from '../scripts/project/resources';
import { root } from '../scripts/project/root';

const DOCUMENTS = [
  'README.md',
  'README.zh-CN.md',
  '.github/SECURITY.md',
  'scripts/README.md',
  'scripts/README.zh-CN.md',
  'scripts/local-cloud/README.md',
  'scripts/preview/README.md',
  'cloudfunctions/ADOPTING.md',
  'cloudfunctions/ADOPTING.zh-CN.md',
  'cloudfunctions/gateway/README.md',
];
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const testFiles = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' }).map(
  (file) => file.replace(/\\/g, '/').split('/').at(-1),
);

describe.each(DOCUMENTS)('%s', (document) => {
  test('names only tests that exist', () => {
    const named = [...read(document).matchAll(/`(?:[\w/-]*\/)?([\w-]+\.test\.ts)`/g)].map(
      ([, file]) => file,
    );
    expect(named.filter((file) => !testFiles.includes(file))).toEqual([]);
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

test('both READMEs have the same headings, commands, files and codes', () => {
  const skeleton = (text: string): unknown => ({
    headings: [...text.matchAll(/^#+ /gm)].length,
    items: [...text.matchAll(/^(?:- |\d+\. )/gm)].length,
    rows: [...text.matchAll(/^\|/gm)].length,
    // Each shows the phones in its own language.
    links: [...text.matchAll(/\]\((?!README)([^)]+)/g)]
      .map(([, link = '']) =>
        link.replace('.zh-CN.md', '.md').replace(/\.(zh\.light|en\.dark)\.png$/, '.png'),
      )
      .sort(),
    commands: [...text.matchAll(/npm (?:run [\w:-]+|start|test)/g)]
      .map(([command]) => command)
      .sort(),
  });
  expect(skeleton(read('README.zh-CN.md'))).toEqual(skeleton(read('README.md')));
});

test.each(['README.md', 'README.zh-CN.md'])(
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
