/** The database has all that WeChat's own typings know, by name. */
import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createDatabase } from '#local-cloud/wx-cloud';
import { root } from '../../../../scripts/project/root';

const typings = readFileSync(
  join(root, 'node_modules/miniprogram-api-typings/types/wx/lib.wx.cloud.d.ts'),
  'utf8',
);

/** The members of a class or interface, up to the brace that is indented like its first line. */
function membersOf(declaration: string): string[] {
  const [, indent, body] =
    new RegExp(`^( *)${declaration} .*?\\{\\n(.*?)^\\1\\}`, 'ms').exec(typings) ?? [];
  if (indent === undefined || body === undefined) throw new Error(`no ${declaration}`);
  const member = new RegExp(`^${indent} {4}(?:readonly )?(\\w+)[(:]`, 'gm');
  const names = [...body.matchAll(member)].map(([, name]) => name ?? '');
  return [...new Set(names)].filter((name) => name !== 'constructor');
}

const db = createDatabase({ send: () => Promise.reject(new Error('not sent')) });
const collection = db.collection('books');

test.each<[string, object]>([
  ['class Database', db],
  ['class CollectionReference', collection],
  ['class Query', collection.where({ n: 1 })],
  ['class DocumentReference', collection.doc('a')],
  ['interface Aggregate', collection.aggregate()],
  ['interface DatabaseCommand', db.command],
  ['aggregate:', db.command.aggregate],
  ['interface IGeo', db.Geo],
])('%s', (declaration, value) => {
  const names = membersOf(declaration).filter((name) => name !== '__safe_props__');
  expect(names.length).toBeGreaterThan(3);
  expect(names.filter((name) => !(name in value))).toEqual([]);
});
