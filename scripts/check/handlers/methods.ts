import ts from 'typescript';
import type { Place } from '../../miniprogram-files/wxml/parse-wxml';

export interface Method extends Place {
  name: string;
}

export interface ComponentMethods {
  /** Written in the component's own file. */
  own: readonly Method[];
  /** These, and those that come through spreads and behaviors. */
  names: ReadonlySet<string>;
}

/**
 * The methods of the `Page({...})` or `Component({...})` in `file`; `undefined` without such a
 * call.
 */
export function methodsIn(program: ts.Program, file: string): ComponentMethods | undefined {
  const source = program.getSourceFile(file);
  const definition = source && findDefinition(source, ['Page', 'Component']);
  if (source === undefined || definition === undefined) return undefined;
  const checker = program.getTypeChecker();
  const symbols = methodSymbols(definition, checker);
  return {
    own: symbols.flatMap((symbol) => placesIn(source, symbol)),
    names: new Set(symbols.map(({ name }) => name)),
  };
}

interface Definition {
  kind: string;
  object: ts.Expression;
}

/** Finds `Page(object)`, `Component(object)` or `Behavior(object)`. */
function findDefinition(node: ts.Node, kinds: readonly string[]): Definition | undefined {
  if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) {
    const object = node.arguments[0];
    const kind = node.expression.text;
    if (object !== undefined && kinds.includes(kind)) return { kind, object };
  }
  return ts.forEachChild(node, (child) => findDefinition(child, kinds));
}

function methodSymbols({ kind, object }: Definition, checker: ts.TypeChecker): ts.Symbol[] {
  const type = checker.getTypeAtLocation(object);
  const holder = kind === 'Page' ? type : typeOfProperty(type, 'methods', object, checker);
  const own = holder === undefined ? [] : checker.getPropertiesOfType(holder);
  return [
    ...own.filter((symbol) => isCallable(symbol, object, checker)),
    ...behaviorsOf(object, checker).flatMap((behavior) => methodSymbols(behavior, checker)),
  ];
}

function typeOfProperty(
  type: ts.Type,
  name: string,
  at: ts.Node,
  checker: ts.TypeChecker,
): ts.Type | undefined {
  const symbol = type.getProperty(name);
  return symbol && checker.getTypeOfSymbolAtLocation(symbol, at);
}

function isCallable(symbol: ts.Symbol, at: ts.Node, checker: ts.TypeChecker): boolean {
  return checker.getTypeOfSymbolAtLocation(symbol, at).getCallSignatures().length > 0;
}

/** What `behaviors: [a, b]` names; WeChat's, such as `'wx://form-field'`, bring no handlers. */
function behaviorsOf(object: ts.Expression, checker: ts.TypeChecker): Definition[] {
  if (!ts.isObjectLiteralExpression(object)) return [];
  return object.properties
    .filter(ts.isPropertyAssignment)
    .filter(({ name }) => ts.isIdentifier(name) && name.text === 'behaviors')
    .flatMap(({ initializer }) =>
      ts.isArrayLiteralExpression(initializer) ? [...initializer.elements] : [],
    )
    .map((element) => declarationOf(element, checker))
    .map((declaration) => declaration && findDefinition(declaration, ['Behavior']))
    .filter((definition) => definition !== undefined);
}

function declarationOf(element: ts.Expression, checker: ts.TypeChecker): ts.Node | undefined {
  const symbol = checker.getSymbolAtLocation(element);
  if (symbol === undefined) return undefined;
  const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  return target.valueDeclaration;
}

function placesIn(source: ts.SourceFile, symbol: ts.Symbol): Method[] {
  const declaration = symbol.valueDeclaration;
  if (declaration?.getSourceFile() !== source) return [];
  const { line, character } = source.getLineAndCharacterOfPosition(declaration.getStart());
  return [{ name: symbol.name, line: line + 1, column: character + 1 }];
}
