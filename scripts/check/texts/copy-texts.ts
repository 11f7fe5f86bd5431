/** The texts of one language, from its file: `export const zhCN = { home: { title: '...' } }`. */
import ts from 'typescript';
import { MiniprogramCompileError } from '../../miniprogram-files/compile-error';
import type { Place } from '../../miniprogram-files/wxml/parse-wxml';

export interface CopyText extends Place {
  /** As code writes it, e.g. `home.articles[0].title`. */
  key: string;
  /** Sorted, e.g. `device`, `time`. */
  places: readonly string[];
}

export function readCopyTexts(file: string, source: string): CopyText[] {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const exported = tree.statements
    .filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => [...declarationList.declarations])
    .map(({ initializer }) => initializer && withoutType(initializer))
    .find((value) => value !== undefined && ts.isObjectLiteralExpression(value));
  if (exported === undefined) {
    throw new MiniprogramCompileError([{ file, message: 'exports no object of texts' }]);
  }
  return textsOf(exported, '', file);
}

/** `{...} as const`, `{...} satisfies Copy` and `({...})` without what surrounds the braces. */
function withoutType(node: ts.Expression): ts.Expression {
  const wrapped =
    ts.isAsExpression(node) || ts.isSatisfiesExpression(node) || ts.isParenthesizedExpression(node);
  return wrapped ? withoutType(node.expression) : node;
}

function textsOf(value: ts.Expression, key: string, file: string): CopyText[] {
  const node = withoutType(value);
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) {
    return [{ key, places: placesIn(node.text), ...placeOf(node) }];
  }
  if (ts.isArrayLiteralExpression(node)) {
    return node.elements.flatMap((element, index) => textsOf(element, `${key}[${index}]`, file));
  }
  if (ts.isObjectLiteralExpression(node)) {
    return node.properties.flatMap((property) => {
      if (!ts.isPropertyAssignment(property)) throw unreadable(property, file);
      const name = property.name.getText().replaceAll(/['"]/g, '');
      return textsOf(property.initializer, key === '' ? name : `${key}.${name}`, file);
    });
  }
  throw unreadable(node, file);
}

function placesIn(text: string): string[] {
  return [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').sort();
}

function unreadable(node: ts.Node, file: string): MiniprogramCompileError {
  const message = 'must be plain text, a list or an object, so that the languages can be compared';
  return new MiniprogramCompileError([{ file, ...placeOf(node), message }]);
}

function placeOf(node: ts.Node): Place {
  const { line, character } = node.getSourceFile().getLineAndCharacterOfPosition(node.getStart());
  return { line: line + 1, column: character + 1 };
}
