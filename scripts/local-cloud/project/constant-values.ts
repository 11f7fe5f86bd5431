/** The strings that an expression can stand for, as far as the source of the project says. */
import type { AnyNode, CallExpression, Expression, ObjectExpression } from 'acorn';
import { bindingsOf, isFunction, nameOf, type Binding, type Bindings } from './bindings';
import { exportedNodes, fileOf } from './module-exports';
import type { SourceFile } from './source-file';

/** A node, and where it stands. */
interface Placed {
  node: AnyNode;
  source: SourceFile;
}

export interface Constants {
  /** `undefined` among them: it can be something else too. */
  stringsOf(node: AnyNode, source: SourceFile): Set<string | undefined>;
}

/** Helpers that call helpers; more than that says nothing any more. */
const MAX_DEPTH = 12;
const MAX_VALUES = 50;
/** Members of a class whose names say that they are constants, or names of collections. */
const SPEAKING = /^[A-Z_]+$|[Cc]ollection|[Tt]able/;
/** Methods of arrays that call a function with each element. */
const EACH = new Set(['forEach', 'map', 'filter', 'some', 'every', 'flatMap', 'find']);

export function createConstants(sources: ReadonlyMap<string, SourceFile>): Constants {
  const bindings = new Map<SourceFile, Bindings>();
  const calls = new Map<string, { call: CallExpression; source: SourceFile }[]>();
  const members = new Map<string, Placed[]>();
  for (const source of sources.values()) {
    bindings.set(source, bindingsOf(source));
    for (const node of source.nodes) {
      if (node.type === 'CallExpression') {
        push(calls, calleeName(node), { call: node, source });
      } else if (node.type === 'PropertyDefinition' && node.value) {
        push(members, nameOf(node.key), { node: node.value, source });
      } else if (node.type === 'AssignmentExpression' && node.left.type === 'MemberExpression') {
        push(members, nameOf(node.left.property), { node: node.right, source });
      }
    }
  }

  /** What an expression can be; none when nothing is known. */
  function resolve({ node, source }: Placed, depth: number): Placed[] {
    if (depth > MAX_DEPTH) return [];
    const next = (other: AnyNode): Placed[] => resolve({ node: other, source }, depth + 1);
    if (node.type === 'Identifier') {
      return (bindings.get(source)?.at(node, node.name) ?? []).flatMap((binding) =>
        resolveBinding(binding, source, depth + 1),
      );
    }
    if (node.type === 'ConditionalExpression') {
      return [...next(node.consequent), ...next(node.alternate)];
    }
    if (node.type === 'LogicalExpression') return [...next(node.left), ...next(node.right)];
    if (node.type === 'AwaitExpression') return next(node.argument);
    if (node.type === 'CallExpression') {
      const [first] = node.arguments;
      const callee = calleeName(node);
      if (first === undefined) return [];
      if (callee === 'require') return exportsOf(source, nameOf(first), 'default', depth + 1);
      return callee === 'freeze' ? next(first) : [];
    }
    if (node.type !== 'MemberExpression') return [{ node, source }];

    const { object, property } = node;
    const name = node.computed ? undefined : nameOf(property);
    if (object.type === 'ThisExpression') return ownMembers(name, depth + 1);
    const names = name === undefined ? [...strings(property, source, depth + 1)] : [name];
    const owners = next(object);
    return names.flatMap((key) => (key === undefined ? [] : member(owners, key, depth + 1)));
  }

  function resolveBinding(binding: Binding, source: SourceFile, depth: number): Placed[] {
    switch (binding.kind) {
      case 'value':
        return resolve({ node: binding.node, source }, depth);
      case 'member':
        return member(resolve({ node: binding.of, source }, depth), binding.name, depth);
      case 'import':
        return exportsOf(source, binding.from, binding.name, depth);
      case 'element':
        return elements(resolve({ node: binding.of, source }, depth), depth);
      case 'parameter':
        return argumentsFor(binding.of, binding.index, source, depth);
    }
  }

  function member(owners: readonly Placed[], name: string, depth: number): Placed[] {
    return owners.flatMap(({ node, source }) => {
      if (node.type === 'Program') return exportsOf(source, source.file, name, depth);
      if (node.type !== 'ObjectExpression') return [];
      return propertiesOf(node, name).flatMap((value) => resolve({ node: value, source }, depth));
    });
  }

  /** Of any object of the project: which class `this` is can't be seen. */
  function ownMembers(name: string | undefined, depth: number): Placed[] {
    if (name === undefined || !SPEAKING.test(name)) return [];
    return (members.get(name) ?? []).flatMap((placed) => resolve(placed, depth));
  }

  function elements(arrays: readonly Placed[], depth: number): Placed[] {
    return arrays.flatMap(({ node, source }) =>
      node.type === 'ArrayExpression'
        ? node.elements.flatMap((element) =>
            element === null ? [] : resolve({ node: element, source }, depth),
          )
        : [],
    );
  }

  /** What callers of a function give it, wherever they are: a function is known by its name. */
  function argumentsFor(fn: AnyNode, index: number, source: SourceFile, depth: number): Placed[] {
    const parent = source.parentOf(fn);
    if (parent?.type === 'CallExpression') {
      const { callee } = parent;
      const isEach = callee.type === 'MemberExpression' && EACH.has(calleeName(parent) ?? '');
      if (!isEach || index > 0) return [];
      return elements(resolve({ node: callee.object, source }, depth), depth);
    }
    const name = functionName(fn, parent);
    const found = name === undefined ? [] : (calls.get(name) ?? []);
    return found.flatMap(({ call, source: where }) => {
      const given = call.arguments[index];
      return given === undefined ? [] : resolve({ node: given, source: where }, depth);
    });
  }

  /** @param name `default` stands for everything that `module.exports` is too */
  function exportsOf(
    from: SourceFile,
    path: string | undefined,
    name: string,
    depth: number,
  ): Placed[] {
    const file = path === undefined ? undefined : fileOf(from.file, path);
    const source = file === undefined ? undefined : sources.get(file);
    if (source?.program === undefined || depth > MAX_DEPTH) return [];
    const itself = { node: source.program, source };
    if (name === '*') return [itself];
    const { whole, named } = exportedNodes(source, name);
    const resolveAll = (nodes: readonly AnyNode[]): Placed[] =>
      nodes.flatMap((node) => resolve({ node, source }, depth + 1));
    return name === 'default'
      ? [...resolveAll(whole), ...resolveAll(named), itself]
      : [...resolveAll(named), ...member(resolveAll(whole), name, depth + 1)];
  }

  function strings(node: AnyNode, source: SourceFile, depth: number): Set<string | undefined> {
    const found = resolve({ node, source }, depth).map((placed) => textsOf(placed, depth + 1));
    const values = new Set(found.flat());
    return values.size === 0 || values.size > MAX_VALUES ? new Set([undefined]) : values;
  }

  function textsOf({ node, source }: Placed, depth: number): (string | undefined)[] {
    if (depth > MAX_DEPTH) return [undefined];
    if (node.type === 'Literal') return [typeof node.value === 'string' ? node.value : undefined];
    if (node.type === 'TemplateLiteral') {
      const parts = node.quasis.flatMap(({ value }, index): (string | AnyNode)[] => {
        const expression = node.expressions[index];
        return [value.cooked ?? '', ...(expression === undefined ? [] : [expression])];
      });
      return joined(parts, source, depth);
    }
    if (node.type === 'BinaryExpression' && node.operator === '+') {
      return joined([node.left, node.right], source, depth);
    }
    return [undefined];
  }

  function joined(
    parts: readonly (string | AnyNode)[],
    source: SourceFile,
    depth: number,
  ): (string | undefined)[] {
    let texts: (string | undefined)[] = [''];
    for (const part of parts) {
      const ends = typeof part === 'string' ? [part] : [...strings(part, source, depth + 1)];
      texts = texts.flatMap((text) =>
        ends.map((end) => (text === undefined || end === undefined ? undefined : text + end)),
      );
    }
    return texts;
  }

  return { stringsOf: (node, source) => strings(node, source, 0) };
}

function push<T>(lists: Map<string, T[]>, name: string | undefined, value: T): void {
  if (name === undefined) return;
  const list = lists.get(name);
  if (list === undefined) lists.set(name, [value]);
  else list.push(value);
}

function propertiesOf(node: ObjectExpression, name: string): Expression[] {
  return node.properties.flatMap((property) =>
    property.type === 'Property' && !property.computed && nameOf(property.key) === name
      ? [property.value]
      : [],
  );
}

/** `f` of `f()`, `a.f()` and `this.f()`. */
export function calleeName({ callee }: CallExpression): string | undefined {
  if (callee.type === 'Identifier') return callee.name;
  return callee.type === 'MemberExpression' && !callee.computed
    ? nameOf(callee.property)
    : undefined;
}

function functionName(fn: AnyNode, parent: AnyNode | undefined): string | undefined {
  if (!isFunction(fn)) return undefined;
  if ('id' in fn && fn.id && 'name' in fn.id) return fn.id.name;
  if (parent?.type === 'VariableDeclarator') return nameOf(parent.id);
  if (parent?.type === 'Property' || parent?.type === 'MethodDefinition') return nameOf(parent.key);
  if (parent?.type === 'AssignmentExpression') {
    return parent.left.type === 'MemberExpression' ? nameOf(parent.left.property) : undefined;
  }
  return undefined;
}
