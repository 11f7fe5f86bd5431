/** Where WeChat's compiler for WXSS finds a bracket of a block wrong. Browsers go on after each. */
import { placeAt } from '../../miniprogram-files/place';

interface BlockFault {
  offset: number;
  message: string;
}

interface Block {
  start: number;
  /** Else it holds declarations, in which no block begins. */
  holdsRules: boolean;
}

const TOKEN = /\/\*[^]*?(?:\*\/|$)|"(?:[^"\\\n]|\\[^])*"|'(?:[^'\\\n]|\\[^])*'|[^/"'(){};:]+|[^]/g;
const AT_RULE_OF_DECLARATIONS = /^@(?:font-face|page)\b/;

/**
 * The first one. As to WeChat's compiler, a value goes to the next `;` or `}` whatever is in it, so
 * that it takes `{ top: 0{ }`, too.
 */
export function blockFault(text: string): BlockFault | undefined {
  const open: Block[] = [];
  let prelude = '';
  let inValue = false;
  for (const { token, offset } of tokensOf(text)) {
    const block = open.at(-1);
    if (token === '}') {
      if (open.pop() === undefined) return { offset, message: 'no block is open that } could end' };
      inValue = false;
    } else if (token === '{' && !inValue) {
      if (block?.holdsRules === false) return { offset, message: unexpectedBlock(text, block) };
      const name = prelude.trim();
      if (name === '') return { offset, message: 'a block begins here that no selector names' };
      const holdsRules = name.startsWith('@') && !AT_RULE_OF_DECLARATIONS.test(name);
      open.push({ start: offset, holdsRules });
    } else if (token === ';') {
      inValue = false;
    } else if (token === ':') {
      inValue ||= block?.holdsRules === false;
    }
    prelude = /^[{};]$/.test(token) ? '' : prelude + token;
  }
  const last = open.at(-1);
  return last && { offset: last.start, message: 'the block that begins here has no end' };
}

function unexpectedBlock(text: string, { start }: Block): string {
  const { line } = placeAt(text, start);
  return `a block begins in the one that line ${line} begins, which has no end before it`;
}

/** Without comments, and a pair of round brackets with what is in it as one. */
function* tokensOf(text: string): Generator<{ token: string; offset: number }> {
  const tokens = [...text.matchAll(TOKEN)].filter(([token]) => !token.startsWith('/*'));
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at];
    if (token === undefined) return;
    if (token[0] === '(') at = endOfBrackets(tokens, at);
    yield { token: token[0], offset: token.index };
  }
}

/** Of `(` itself where it has no end. */
function endOfBrackets(tokens: readonly RegExpExecArray[], start: number): number {
  let depth = 0;
  for (let at = start; at < tokens.length; at++) {
    if (tokens[at]?.[0] === '(') depth++;
    if (tokens[at]?.[0] === ')' && --depth === 0) return at;
  }
  return start;
}
