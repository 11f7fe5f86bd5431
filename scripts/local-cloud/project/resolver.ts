/** Which nodes of a project an expression can be: through names, members, files and calls. */
import type { AnyNode, CallExpression } from 'acorn';
import { bindingsOf, isFunction, nameOf, type Binding, type Bindings } from './bindings';
import { calleeName, createIndex, push, type PlacedCall } from './project-index';
import { exportedNodes, fileOf } from './module-exports';
import type { SourceFile } from './source-file';

/** A node, and where it stands. */
export interface Placed {
  node: AnyNode;
  source: SourceFile;
}

type Callers = Map<AnyNode, PlacedCall[]>;

/** None when nothing is known. */
export type Resolve = (placed: Placed) => readonly Placed[];

/** Members of a class whose names say that they are constants, or names of collections. */
const SPEAKING = /^[A-Z_]+$|[Cc]ollection|[Tt]able/;
/** Methods of arrays that call a function with each element. */
const EACH = new Set(['forEach', 'map', 'filter', 'some', 'every', 'flatMap', 'find']);

/** @param stringsOf for members in brackets */
export function createResolver(
  sources: ReadonlyMap<string, SourceFile>,
  stringsOf: (node: AnyNode, source: SourceFile) => Iterable<string | undefined>,
): Resolve {
  const index = createIndex(sources);
  const bindings = new Map<SourceFile, Bindings>();
  for (const source of sources.values()) bindings.set(source, bindingsOf(source));

  /** What was found; while it is looked for, nothing: names that stand for each other. */
  const known = new Map<AnyNode, readonly Placed[]>();
  let callers: Callers | undefined;

  function resolve(placed: Placed): readonly Placed[] {
    const found = known.get(placed.node);
    if (found !== undefined) return found;
    known.set(placed.node, []);
    const nodes = new Map(look(placed).map((one) => [one.node, one]));
    const resolved = [...nodes.values()];
    known.set(placed.node, resolved);
    return resolved;
  }

  function look({ node, source }: Placed): readonly Placed[] {
    const next = (other: AnyNode): readonly Placed[] => resolve({ node: other, source });
    if (node.type === 'Identifier') {
      return (bindings.get(source)?.at(node, node.name) ?? []).flatMap((binding) =>
        resolveBinding(binding, source),
      );
    }
    if (node.type === 'ConditionalExpression') {
      return [...next(node.consequent), ...next(node.alternate)];
    }
    if (node.type === 'LogicalExpression') return [...next(node.left), ...next(node.right)];
    if (node.type === 'AssignmentExpression') return next(node.right);
    if (node.type === 'AwaitExpression') return next(node.argument);
    if (node.type === 'NewExpression') return next(node.callee);
    if (node.type === 'ThisExpression') return index.ownerOf(node, source);
    if (node.type === 'CallExpression') return result(node, source);
    if (node.type !== 'MemberExpression') return [{ node, source }];

    const { object, property } = node;
    const name = node.computed ? undefined : nameOf(property);
    const names = name === undefined ? [...stringsOf(property, source)] : [name];
    const owners = next(object);
    const ofThis = object.type === 'ThisExpression' && SPEAKING.test(name ?? '');
    return [
      ...names.flatMap((key) => (key === undefined ? [] : member(owners, key))),
      // Which class `this` is can't be seen.
      ...(ofThis ? index.assigned(name ?? '').flatMap(resolve) : []),
    ];
  }

  function result(call: CallExpression, source: SourceFile): readonly Placed[] {
    const [first] = call.arguments;
    const name = calleeName(call);
    if (first !== undefined && call.callee.type === 'Identifier' && name === 'require') {
      return exportsOf(source, nameOf(first), 'default');
    }
    if (first !== undefined && name === 'freeze') return resolve({ node: first, source });
    if (call.callee.type === 'Super') return [];
    return resolve({ node: call.callee, source }).flatMap((fn) =>
      index.returnedBy(fn).flatMap(resolve),
    );
  }

  function resolveBinding(binding: Binding, source: SourceFile): readonly Placed[] {
    switch (binding.kind) {
      case 'value':
        return resolve({ node: binding.node, source });
      case 'member':
        return member(resolve({ node: binding.of, source }), binding.name);
      case 'import':
        return exportsOf(source, binding.from, binding.name);
      case 'element':
        return elements(resolve({ node: binding.of, source }));
      case 'parameter':
        return argumentsFor(binding.of, binding.index, source);
    }
  }

  function member(owners: readonly Placed[], name: string): Placed[] {
    return owners.flatMap((owner) => {
      if (owner.node.type === 'Program') return exportsOf(owner.source, owner.source.file, name);
      const own = index.membersOf(owner, name);
      const assigned = index
        .assigned(name)
        .filter(({ target }) => resolve(target).some(({ node }) => node === owner.node));
      const found = [...own, ...assigned].flatMap(resolve);
      const above = index.aboveOf(owner);
      return found.length > 0 || above.length === 0 ? found : member(above.flatMap(resolve), name);
    });
  }

  function elements(arrays: readonly Placed[]): Placed[] {
    return arrays.flatMap(({ node, source }) =>
      node.type === 'ArrayExpression'
        ? node.elements.flatMap((element) =>
            element === null ? [] : resolve({ node: element, source }),
          )
        : [],
    );
  }

  /** What callers of a function give it, wherever they are. */
  function argumentsFor(fn: AnyNode, position: number, source: SourceFile): readonly Placed[] {
    const parent = source.parentOf(fn);
    if (parent?.type === 'CallExpression' && parent.callee !== fn) {
      const { callee } = parent;
      const isEach = callee.type === 'MemberExpression' && EACH.has(calleeName(parent) ?? '');
      if (!isEach || position > 0) return [];
      return elements(resolve({ node: callee.object, source }));
    }
    return (callersOf().get(fn) ?? []).flatMap(({ call, source: where }) => {
      const given = call.arguments[position];
      return given === undefined ? [] : resolve({ node: given, source: where });
    });
  }

  function callersOf(): Callers {
    if (callers !== undefined) return callers;
    // Meanwhile there are none: what is found then is not all, and forgotten.
    callers = new Map();
    const before = new Map(known);
    const found: Callers = new Map();
    for (const { call, source } of index.calls) {
      const { callee } = call;
      const exact = resolve({ node: callee, source }).filter(({ node }) => isFunction(node));
      // Of an object about which nothing is known: the methods of this name in the same file.
      const isMethod = callee.type === 'MemberExpression' && exact.length === 0;
      const fns = isMethod ? index.methodsNamed(calleeName(call), source) : exact;
      for (const { node } of fns) push(found, node, { call, source });
    }
    known.clear();
    for (const [node, placed] of before) known.set(node, placed);
    callers = found;
    return found;
  }

  /** @param name `default` stands for everything that `module.exports` is too */
  function exportsOf(from: SourceFile, path: string | undefined, name: string): readonly Placed[] {
    const file = path === undefined ? undefined : fileOf(from.file, path);
    const source = file === undefined ? undefined : sources.get(file);
    if (source?.program === undefined) return [];
    const itself = { node: source.program, source };
    if (name === '*') return [itself];
    const { whole, named } = exportedNodes(source, name);
    const resolveAll = (nodes: readonly AnyNode[]): Placed[] =>
      nodes.flatMap((node) => resolve({ node, source }));
    return name === 'default'
      ? [...resolveAll(whole), ...resolveAll(named), itself]
      : [...resolveAll(named), ...member(resolveAll(whole), name)];
  }

  return resolve;
}
