/** What is looked up often in the sources of a project: calls, members, what functions return. */
import type { AnyNode, CallExpression } from 'acorn';
import { isFunction, nameOf } from './bindings';
import type { Placed } from './resolver';
import type { SourceFile } from './source-file';

export interface PlacedCall {
  call: CallExpression;
  source: SourceFile;
}

export interface ProjectIndex {
  calls: readonly PlacedCall[];
  /** What is assigned to a member of this name: of any object, which is the target. */
  assigned(name: string): readonly (Placed & { target: Placed })[];
  /** The values of a member of an object or a class. */
  membersOf(owner: Placed, name: string): Placed[];
  /** Where the other members of an object or a class come from. */
  aboveOf(owner: Placed): Placed[];
  /** The object or the class that `this` is. */
  ownerOf(node: AnyNode, source: SourceFile): Placed[];
  /** What a function returns. */
  returnedBy(fn: Placed): readonly Placed[];
  /** The methods of this name in a file. */
  methodsNamed(name: string | undefined, source: SourceFile): readonly Placed[];
}

export function createIndex(sources: ReadonlyMap<string, SourceFile>): ProjectIndex {
  const calls: PlacedCall[] = [];
  const assigned = new Map<string, (Placed & { target: Placed })[]>();
  const returned = new Map<AnyNode, Placed[]>();
  const methods = new Map<SourceFile, Map<string, Placed[]>>();
  for (const source of sources.values()) {
    const own = new Map<string, Placed[]>();
    methods.set(source, own);
    for (const node of source.nodes) {
      if (node.type === 'CallExpression') calls.push({ call: node, source });
      else if (node.type === 'AssignmentExpression' && node.left.type === 'MemberExpression') {
        const target = { node: node.left.object, source };
        push(assigned, nameOf(node.left.property), { node: node.right, source, target });
      } else if (node.type === 'ReturnStatement' && node.argument) {
        push(returned, functionAround(node, source), { node: node.argument, source });
      } else if (node.type === 'ArrowFunctionExpression' && node.expression) {
        push(returned, node, { node: node.body, source });
      } else if (node.type === 'Property' || node.type === 'MethodDefinition') {
        if (isFunction(node.value)) push(own, nameOf(node.key), { node: node.value, source });
      }
    }
  }

  return {
    calls,
    assigned: (name) => assigned.get(name) ?? [],
    membersOf({ node, source }, name) {
      return partsOf(node).flatMap((part) => {
        const isNamed = 'key' in part && !part.computed && nameOf(part.key) === name;
        return isNamed && part.value ? [{ node: part.value, source }] : [];
      });
    },
    aboveOf({ node, source }) {
      const spread = partsOf(node).flatMap((part) =>
        part.type === 'SpreadElement' ? [part.argument] : [],
      );
      const base = isClass(node) && node.superClass ? [node.superClass] : [];
      return [...spread, ...base].map((above) => ({ node: above, source }));
    },
    ownerOf(node, source) {
      for (let at: AnyNode | undefined = node; at !== undefined; at = source.parentOf(at)) {
        if (at.type === 'ObjectExpression' || isClass(at)) return [{ node: at, source }];
      }
      return [];
    },
    returnedBy: ({ node }) => returned.get(node) ?? [],
    methodsNamed: (name = '', source) => methods.get(source)?.get(name) ?? [],
  };
}

type ClassNode = AnyNode & { type: 'ClassDeclaration' | 'ClassExpression' };

function isClass(node: AnyNode): node is ClassNode {
  return node.type === 'ClassDeclaration' || node.type === 'ClassExpression';
}

/** The members in an object or a class, as they are written. */
function partsOf(node: AnyNode) {
  if (node.type === 'ObjectExpression') return node.properties;
  return isClass(node) ? node.body.body.filter((part) => part.type !== 'StaticBlock') : [];
}

function functionAround(node: AnyNode, source: SourceFile): AnyNode | undefined {
  let at = source.parentOf(node);
  while (at !== undefined && !isFunction(at)) at = source.parentOf(at);
  return at;
}

/** `f` of `f()`, `a.f()` and `this.f()`. */
export function calleeName({ callee }: CallExpression): string | undefined {
  if (callee.type === 'Identifier') return callee.name;
  return callee.type === 'MemberExpression' && !callee.computed
    ? nameOf(callee.property)
    : undefined;
}

export function push<K, T>(lists: Map<K, T[]>, key: K | undefined, value: T): void {
  if (key === undefined) return;
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
