/** One script of a mini program, made ready for a browser. */
import { parse, type AnyNode, type Options, type Program } from 'acorn';
import { transform, type Transform } from 'sucrase';
import { MiniprogramCompileError } from '../../miniprogram-files/compile-error';
import { nodesOf, syntaxProblem } from './syntax-tree';

export interface ScriptModule {
  /** The body of a function `(module, exports, require)`, line by line where the source has it. */
  code: string;
  /** What it requires by a literal. Others are found when they are required. */
  requires: readonly ScriptRequire[];
  /** It says `styleIsolation: 'shared'`, as a component may. */
  sharesStyles: boolean;
}

/** Line and column, from 1, of what `require` is given. */
export interface ScriptRequire {
  request: string;
  line: number;
  column: number;
}

const MODULE_SYNTAX = /\b(?:import|export)\b/;
const OPTIONS: Options = {
  ecmaVersion: 'latest',
  locations: true,
  allowReturnOutsideFunction: true,
};

/**
 * ES modules and TypeScript become what `require` runs; newer syntax stays as the browser knows it.
 *
 * @throws MiniprogramCompileError with line and column of a syntax error
 */
export function compileScript(file: string, source: string): ScriptModule {
  const { code, program } = asScript(file, source);
  return {
    code,
    requires: requiresOf(program),
    sharesStyles: /styleIsolation\s*:\s*['"]shared['"]/.test(code),
  };
}

/** With a tree of what it requires: the one of a module is of its source, and need not be made again. */
function asScript(file: string, source: string): { code: string; program: Program } {
  if (file.endsWith('.ts')) return parsed(file, transpile(file, source, ['typescript', 'imports']));
  const program = MODULE_SYNTAX.test(source) ? parseModule(file, source) : undefined;
  if (program === undefined) return parsed(file, source);
  return { code: transpile(file, source, ['imports']), program };
}

function parsed(file: string, code: string): { code: string; program: Program } {
  return { code, program: parseScript(file, code) };
}

/** `undefined` where the script is none: it may be one that only strict mode refuses. */
function parseModule(file: string, source: string): Program | undefined {
  try {
    const program = parse(source, { ...OPTIONS, sourceType: 'module' });
    return isModule(program) ? program : undefined;
  } catch (cause) {
    const asScript = attempt(() => parse(source, OPTIONS));
    if (asScript && !isModule(asScript)) return undefined;
    throw syntaxError(file, cause);
  }
}

function parseScript(file: string, code: string): Program {
  try {
    return parse(code, OPTIONS);
  } catch (cause) {
    throw syntaxError(file, cause);
  }
}

function isModule(program: Program): boolean {
  const declares = program.body.some(({ type }) => /^(?:Import|Export)/.test(type));
  return declares || nodesOf(program).some(({ type }) => type === 'ImportExpression');
}

function transpile(file: string, source: string, transforms: Transform[]): string {
  try {
    return transform(source, { transforms, disableESTransforms: true, filePath: file }).code;
  } catch (cause) {
    throw syntaxError(file, cause);
  }
}

/** The literals of `require('x')`, `require.async('x')`, `import` and `export from`. */
function requiresOf(program: Program): ScriptRequire[] {
  return nodesOf(program).flatMap((node) => {
    const first = requestOf(node);
    if (first?.type !== 'Literal' || typeof first.value !== 'string') return [];
    const { line = 1, column = 0 } = first.loc?.start ?? {};
    return [{ request: first.value, line, column: column + 1 }];
  });
}

const SAYS_SOURCE = [
  'ImportDeclaration',
  'ImportExpression',
  'ExportNamedDeclaration',
  'ExportAllDeclaration',
] as const;

function requestOf(node: AnyNode): AnyNode | null | undefined {
  if (node.type === 'CallExpression') return isRequire(node.callee) ? node.arguments[0] : undefined;
  return hasSource(node) ? node.source : undefined;
}

function hasSource(
  node: AnyNode,
): node is Extract<AnyNode, { type: (typeof SAYS_SOURCE)[number] }> {
  return SAYS_SOURCE.some((type) => type === node.type);
}

function isRequire(callee: AnyNode): boolean {
  if (callee.type === 'MemberExpression') return isRequire(callee.object);
  return callee.type === 'Identifier' && callee.name === 'require';
}

function syntaxError(file: string, cause: unknown): MiniprogramCompileError {
  return new MiniprogramCompileError([syntaxProblem(file, cause)]);
}

function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
