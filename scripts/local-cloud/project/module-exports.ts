/** What a file exports, in both ways: `module.exports` and `export`. */
import type { AnyNode } from 'acorn';
import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { nameOf } from './bindings';
import type { SourceFile } from './source-file';

export interface ExportedNodes {
  /** All that `module.exports` is. */
  whole: AnyNode[];
  /** What goes by the name. */
  named: AnyNode[];
}

export function exportedNodes(source: SourceFile, name: string): ExportedNodes {
  const whole: AnyNode[] = [];
  const named: AnyNode[] = [];
  for (const node of source.nodes) {
    if (node.type === 'AssignmentExpression' && node.left.type === 'MemberExpression') {
      const { object, property } = node.left;
      if (isExports(node.left)) whole.push(node.right);
      else if (nameOf(property) === name && isExports(object)) named.push(node.right);
    } else if (node.type === 'ExportDefaultDeclaration' && name === 'default') {
      named.push(node.declaration);
    } else if (node.type === 'ExportNamedDeclaration') {
      const declared =
        node.declaration?.type === 'VariableDeclaration' ? node.declaration.declarations : [];
      for (const { id, init } of declared) if (nameOf(id) === name && init) named.push(init);
      for (const { exported, local } of node.specifiers) {
        if (nameOf(exported) === name) named.push(local);
      }
    }
  }
  return { whole, named };
}

/** `exports` and `module.exports`. */
function isExports(node: AnyNode): boolean {
  if (node.type === 'Identifier') return node.name === 'exports';
  return (
    node.type === 'MemberExpression' &&
    nameOf(node.object) === 'module' &&
    nameOf(node.property) === 'exports'
  );
}

const ENDINGS = ['', '.js', '.ts', '/index.js', '/index.ts'];

/** The file that a relative path names. */
export function fileOf(from: string, path: string): string | undefined {
  if (path === from) return from;
  if (!path.startsWith('.')) return undefined;
  const base = join(dirname(from), path);
  return ENDINGS.map((ending) => base + ending).find(
    (file) => existsSync(file) && statSync(file).isFile(),
  );
}
