/** The collections that the sources of a project name. */
import type { AnyNode } from 'acorn';
import { isCollectionName } from '../database/collection-name';
import { nameOf } from './bindings';
import { createConstants } from './constant-values';
import { calleeName } from './project-index';
import { readSourceFile, type SourceFile } from './source-file';

export interface CollectionNames {
  /** Sorted. */
  names: string[];
  /** Those that the project makes itself, by `createCollection`. Sorted. */
  made: string[];
  /** Where a name is computed. */
  unknown: { file: string; line: number | undefined; text: string }[];
}

/** In what no parser reads. */
const CALL = /\.collection\(\s*(['"`])([\w.-]+)\1\s*\)/g;

/** @param files absolute paths */
export async function findCollectionNames(files: readonly string[]): Promise<CollectionNames> {
  const read = await Promise.all([...new Set(files)].map((file) => readSourceFile(file)));
  const sources = new Map(read.flatMap((source) => (source ? [[source.file, source]] : [])));
  const constants = createConstants(sources);
  const [names, made] = [new Set<string>(), new Set<string>()];
  const unknown: CollectionNames['unknown'] = [];

  for (const source of sources.values()) {
    if (source.program === undefined) {
      for (const [, , name = ''] of source.text.matchAll(CALL)) names.add(name);
    }
    for (const { node, isMade } of source.nodes.flatMap(namingNodes)) {
      for (const name of constants.stringsOf(node, source)) {
        if (name !== undefined && isCollectionName(name)) (isMade ? made : names).add(name);
        else if (!isMade) unknown.push(placeOf(node, source));
      }
    }
  }
  return {
    names: [...names].filter((name) => !made.has(name)).sort(),
    made: [...made].sort(),
    unknown,
  };
}

/** The expressions at a node that name a collection. */
function namingNodes(node: AnyNode): { node: AnyNode; isMade: boolean }[] {
  if (node.type === 'CallExpression') {
    const [first, ...others] = node.arguments;
    const callee = calleeName(node);
    // `collection` of something: a function of this name may be anything.
    const isMethod = node.callee.type === 'MemberExpression';
    if (!isMethod || first === undefined || first.type === 'SpreadElement') return [];
    if (callee === 'collection' && others.length === 0) return [{ node: first, isMade: false }];
    if (callee === 'createCollection') return [{ node: first, isMade: true }];
    return callee === 'lookup' ? fromOf(first) : [];
  }
  const isLookup = node.type === 'Property' && nameOf(node.key) === '$lookup';
  return isLookup ? fromOf(node.value) : [];
}

function fromOf(node: AnyNode): { node: AnyNode; isMade: boolean }[] {
  if (node.type !== 'ObjectExpression') return [];
  return node.properties.flatMap((property) =>
    property.type === 'Property' && nameOf(property.key) === 'from'
      ? [{ node: property.value, isMade: false }]
      : [],
  );
}

function placeOf(node: AnyNode, source: SourceFile): CollectionNames['unknown'][number] {
  const { file, hasPlaces, text } = source;
  const line = hasPlaces ? node.loc?.start.line : undefined;
  return { file, line, text: text.slice(node.start, node.end) };
}
