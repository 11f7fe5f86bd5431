/** What the names in a file stand for: by scope, as far as it shows in the source. */
import type { AnyNode, AssignmentExpression, Expression, Pattern } from 'acorn';
import type { SourceFile } from './source-file';

export type Binding =
  /** One of possibly several values. */
  | { kind: 'value'; node: AnyNode }
  /** A member of a value: `const { USERS } = names`. */
  | { kind: 'member'; of: AnyNode; name: string }
  /** `import { name } from 'from'`; `default` and `*` too. */
  | { kind: 'import'; from: string; name: string }
  /** Of a function: what callers give. */
  | { kind: 'parameter'; of: AnyNode; index: number }
  /** One element of an array: `for (const name of names)`. */
  | { kind: 'element'; of: AnyNode };

export interface Bindings {
  /** What a name stands for at a node; none for what is global. */
  at(node: AnyNode, name: string): readonly Binding[];
}

type Scope = Map<string, Binding[]>;

const BLOCKS = new Set(['Program', 'BlockStatement', 'ForOfStatement', 'ForStatement']);

type FunctionNode = AnyNode & {
  type: 'FunctionDeclaration' | 'FunctionExpression' | 'ArrowFunctionExpression';
};

export function isFunction(node: AnyNode): node is FunctionNode {
  const { type } = node;
  return (
    type === 'FunctionDeclaration' ||
    type === 'FunctionExpression' ||
    type === 'ArrowFunctionExpression'
  );
}

export function bindingsOf(source: SourceFile): Bindings {
  const scopes = new Map<AnyNode, Scope>();

  /** The nearest scope around a node, or around a function in which the node is not. */
  function* scopesAround(node: AnyNode): Generator<AnyNode> {
    for (let at: AnyNode | undefined = node; at !== undefined; at = source.parentOf(at)) {
      if (isFunction(at) || BLOCKS.has(at.type)) yield at;
    }
  }
  const declare = (scope: AnyNode | undefined, name: string, binding: Binding): void => {
    if (scope === undefined) return;
    const names = scopes.get(scope) ?? new Map<string, Binding[]>();
    scopes.set(scope, names.set(name, [...(names.get(name) ?? []), binding]));
  };
  const declarePattern = (scope: AnyNode | undefined, pattern: Pattern, value: Binding): void => {
    if (pattern.type === 'Identifier') declare(scope, pattern.name, value);
    else if (pattern.type === 'AssignmentPattern') {
      declarePattern(scope, pattern.left, value);
      declarePattern(scope, pattern.left, { kind: 'value', node: pattern.right });
    } else if (pattern.type === 'ObjectPattern' && value.kind === 'value') {
      for (const property of pattern.properties) {
        if (property.type !== 'Property' || property.key.type !== 'Identifier') continue;
        const member = { kind: 'member', of: value.node, name: property.key.name } as const;
        declarePattern(scope, property.value, member);
      }
    }
  };
  const find = (node: AnyNode, name: string): Binding[] | undefined => {
    for (const scope of scopesAround(node)) {
      const found = scopes.get(scope)?.get(name);
      if (found !== undefined) return found;
    }
    return undefined;
  };

  const assignments: AssignmentExpression[] = [];
  for (const node of source.nodes) {
    const [scope] = scopesAround(node);
    if (node.type === 'VariableDeclarator') {
      const loop = source.parentOf(source.parentOf(node) ?? node);
      const isElement = loop?.type === 'ForOfStatement';
      declarePattern(
        scope,
        node.id,
        isElement
          ? { kind: 'element', of: loop.right }
          : { kind: 'value', node: node.init ?? node },
      );
    } else if (isFunction(node)) {
      const parent = source.parentOf(node);
      const [outer] = parent === undefined ? [] : scopesAround(parent);
      if (node.type === 'FunctionDeclaration' && node.id) {
        declare(outer, node.id.name, { kind: 'value', node });
      }
      node.params.forEach((pattern, index) =>
        declarePattern(node, pattern, { kind: 'parameter', of: node, index }),
      );
    } else if (node.type === 'ClassDeclaration') {
      const parent = source.parentOf(node);
      const [outer] = parent === undefined ? [] : scopesAround(parent);
      if (node.id) declare(outer, node.id.name, { kind: 'value', node });
    } else if (node.type === 'ImportDeclaration') {
      for (const specifier of node.specifiers) {
        const name = importedName(specifier);
        const from = String(node.source.value);
        declare(scope, specifier.local.name, { kind: 'import', from, name });
      }
    } else if (node.type === 'AssignmentExpression') {
      assignments.push(node);
    }
  }
  for (const { left, right } of assignments) {
    if (left.type !== 'Identifier') continue;
    find(left, left.name)?.push({ kind: 'value', node: right });
  }
  return { at: (node, name) => find(node, name) ?? [] };
}

function importedName(
  specifier: (AnyNode & { type: 'ImportDeclaration' })['specifiers'][number],
): string {
  if (specifier.type === 'ImportDefaultSpecifier') return 'default';
  if (specifier.type === 'ImportNamespaceSpecifier') return '*';
  return nameOf(specifier.imported) ?? 'default';
}

/** The text of an identifier or a string. */
export function nameOf(key: Expression | AnyNode): string | undefined {
  if (key.type === 'Identifier') return key.name;
  return key.type === 'Literal' && typeof key.value === 'string' ? key.value : undefined;
}
