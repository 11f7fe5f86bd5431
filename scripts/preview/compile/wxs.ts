/** WXS as JavaScript: what it says of types, and where it finds what it requires. */
import { parse, tokenizer, type AnyNode } from 'acorn';
import { pathFromRoot } from '../../miniprogram-files/path-from-root';
import type { Problem } from '../../miniprogram-files/compile-error';
import { placeAt, type Place } from '../../miniprogram-files/place';
import { nodesOf, syntaxProblem } from './syntax-tree';
import { lackingInWxs } from './wxs-lacks';

/**
 * Names that a WXS finds beside those of JavaScript, and what is told of it and calls it.
 * https://developers.weixin.qq.com/miniprogram/dev/reference/wxs/06datatype.html
 */
export const WXS_NAMES = [
  ...['getRegExp', 'getDate', 'wxsConstructor', 'wxsFailed', 'wxsExported'],
  ...['wxsHeard', 'wxsObserver'],
] as const;

export interface CompiledWxs {
  code: string;
  requires: readonly WxsRequire[];
  /** What WeChat's compiler refuses. */
  problems: readonly Problem[];
}

/** Line and column, from 1, of what `require` is given. */
export interface WxsRequire extends Place {
  /** From the root, without suffix. */
  path: string;
}

interface Edit {
  start: number;
  end: number;
  text: string;
}

/**
 * One that fails is reported and has no exports; the others run all the same.
 *
 * @param before what stands in the file before `written`
 */
export function compileWxs(file: string, written: string, before = ''): CompiledWxs {
  const source = withWordsOfItsOwn(written);
  const requires: WxsRequire[] = [];
  const edits: Edit[] = [];
  const lacking = new Map<string, Place>();
  const placeOf = (offset: number): Place => placeAt(before + source, before.length + offset);
  try {
    for (const node of nodesOf(parse(source, { ecmaVersion: 'latest', locations: true }))) {
      const required = requiredBy(node);
      if (required !== undefined) {
        const path = wxsPath(pathFromRoot(required.target, file));
        requires.push({ path, ...placeOf(required.start) });
        edits.push({ ...required, text: JSON.stringify(`/${path}`) });
      }
      edits.push(...constructorRead(node, source));
      const what = lackingInWxs(node);
      if (what !== undefined && !lacking.has(what)) lacking.set(what, placeOf(node.start));
    }
  } catch (cause) {
    const start = placeOf(0);
    const shift = { line: start.line - 1, column: start.column - 1 };
    const problem = syntaxProblem(file, cause, shift);
    const { message, line = 1, column = 1 } = problem;
    const told = JSON.stringify(`${message} (${line}:${column})`);
    const code = `wxsFailed(${JSON.stringify(file)},new SyntaxError(${told}))`;
    return { code, requires, problems: [problem] };
  }
  const code = `try{${apply(source, edits)}\n}catch(error){wxsFailed(${JSON.stringify(file)},error)}wxsExported(module.exports)`;
  const problems = [...lacking].map(([what, place]) => {
    return { file, ...place, message: `WXS has no ${what}: WeChat refuses it` };
  });
  return { code, requires, problems };
}

/** Words of JavaScript that WXS may give to a variable: it reserves fewer. */
const NO_WORDS_OF_WXS = /\b(?:class|enum|export|extends|import|super)\b/;

/** Variables with such a name get another one of the same length, so that no column moves. */
function withWordsOfItsOwn(source: string): string {
  if (!NO_WORDS_OF_WXS.test(source)) return source;
  try {
    const tokens = [...tokenizer(source, { ecmaVersion: 'latest' })];
    return apply(
      source,
      tokens.flatMap(({ start, end }, index) => {
        const word = source.slice(start, end);
        if (!NO_WORDS_OF_WXS.test(word) || /\W/.test(word)) return [];
        const before = source[tokens[index - 1]?.start ?? -1];
        const isKey = source[tokens[index + 1]?.start ?? -1] === ':' && /[{,]/.test(before ?? '');
        return before === '.' || isKey ? [] : [{ start, end, text: `$${word.slice(1)}` }];
      }),
    );
  } catch {
    // Whoever reads it next says what is wrong.
    return source;
  }
}

/** The template compiler leaves the suffix out. */
export function wxsPath(path: string): string {
  return path.replace(/\.wxs$/, '');
}

function requiredBy(node: AnyNode): { target: string; start: number; end: number } | undefined {
  if (node.type !== 'CallExpression' || node.callee.type !== 'Identifier') return undefined;
  const [first] = node.arguments;
  if (node.callee.name !== 'require' || first?.type !== 'Literal') return undefined;
  if (typeof first.value !== 'string') return undefined;
  return { target: first.value, start: first.start, end: first.end };
}

/** `value.constructor` is the name of the type: `'Array'`. */
function constructorRead(node: AnyNode, source: string): Edit[] {
  if (node.type !== 'MemberExpression' || node.computed) return [];
  if (node.property.type !== 'Identifier' || node.property.name !== 'constructor') return [];
  // What is read may stand in brackets, which the tree leaves out.
  const dot = source.lastIndexOf('.', node.property.start);
  return [
    { start: node.start, end: node.start, text: 'wxsConstructor(' },
    { start: dot, end: node.end, text: ')' },
  ];
}

function apply(source: string, edits: readonly Edit[]): string {
  return [...edits]
    .sort((one, other) => other.start - one.start || other.end - one.end)
    .reduce(
      (text, { start, end, text: by }) => text.slice(0, start) + by + text.slice(end),
      source,
    );
}
