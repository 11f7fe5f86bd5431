/** One script of a mini program, made ready for a browser. */
import { parse, type AnyNode, type Options, type Program } from 'acorn';
import { transform, type Transform } from 'sucrase';
import { isRecord } from '../../lib/is-record';
import { MiniprogramCompileError } from '../../miniprogram-files/compile-error';

export interface ScriptModule {
  /** The body of a function `(module, exports, require)`, line by line where the source has it. */
  code: string;
  /** What it requires by a literal. Others are found when they are required. */
  requires: readonly ScriptRequire[];
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
  const isTypeScript = file.endsWith('.ts');
  const asModule =
    !isTypeScript && MODULE_SYNTAX.test(source) ? parseModule(file, source) : undefined;
  if (!isTypeScript && asModule === undefined) {
    return { code: source, requires: requiresOf(parseScript(file, source)) };
  }
  const code = transpile(file, source, isTypeScript ? ['typescript', 'imports'] : ['imports']);
  return { code, requires: requiresOf(parseScript(file, code)) };
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

/** The literals of `require('x')` and `require.async('x')`. */
function requiresOf(program: Program): ScriptRequire[] {
  return nodesOf(program).flatMap((node) => {
    if (node.type !== 'CallExpression' || !isRequire(node.callee)) return [];
    const [first] = node.arguments;
    if (first?.type !== 'Literal' || typeof first.value !== 'string') return [];
    const { line = 1, column = 0 } = first.loc?.start ?? {};
    return [{ request: first.value, line, column: column + 1 }];
  });
}

function isRequire(callee: AnyNode): boolean {
  if (callee.type === 'MemberExpression') return isRequire(callee.object);
  return callee.type === 'Identifier' && callee.name === 'require';
}

/** In the order in which they are written. */
function nodesOf(root: AnyNode): AnyNode[] {
  const found: AnyNode[] = [];
  const waiting: unknown[] = [root];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (isNode(next)) found.push(next);
    if (isNode(next) || Array.isArray(next)) waiting.push(...membersOf(next).reverse());
  }
  return found;
}

function membersOf(value: object): unknown[] {
  return Object.values(value);
}

function isNode(value: unknown): value is AnyNode {
  return isRecord(value) && typeof value['type'] === 'string';
}

/** Both parsers end their messages with the place, `(1:7)`, and only one tells it otherwise. */
function syntaxError(file: string, cause: unknown): unknown {
  const loc = isRecord(cause) ? cause['loc'] : undefined;
  if (!(cause instanceof Error) || !isRecord(loc)) return cause;
  const shift = cause instanceof SyntaxError && 'raisedAt' in cause ? 1 : 0;
  return new MiniprogramCompileError([
    {
      file,
      line: Number(loc['line']),
      column: Number(loc['column']) + shift,
      message: cause.message
        .replace(/ \(\d+:\d+\)$/, '')
        .replace(`Error transforming ${file}: `, ''),
    },
  ]);
}

function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
