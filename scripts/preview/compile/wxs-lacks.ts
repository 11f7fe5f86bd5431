/**
 * What JavaScript has and WXS has not:
 * https://developers.weixin.qq.com/miniprogram/dev/reference/wxs/
 */
import type { AnyNode } from 'acorn';

const OTHERS: Partial<Record<AnyNode['type'], string>> = {
  ArrowFunctionExpression: '=>',
  TemplateLiteral: 'text between `',
  TryStatement: 'try',
  ThrowStatement: 'throw',
  LabeledStatement: 'labels',
  WithStatement: 'with',
  ForInStatement: 'for ... in',
  ForOfStatement: 'for ... of',
  NewExpression: 'new (getDate and getRegExp make dates and regular expressions)',
  ObjectPattern: '{ } before =',
  ArrayPattern: '[ ] before =',
  RestElement: '...',
  SpreadElement: '...',
  ChainExpression: '?.',
};
const OPERATORS = new Set(['in', 'instanceof', '**', '??', '**=', '||=', '&&=', '??=']);
const WITHOUT_COLON = 'members of objects without a colon';
const PLAIN_NUMBER = /^\d+(?:\.\d*)?$/;

/** `undefined` for what WXS has. */
export function lackingInWxs(node: AnyNode): string | undefined {
  const { type } = node;
  if (type === 'VariableDeclaration') return node.kind === 'var' ? undefined : node.kind;
  if (type === 'FunctionDeclaration' || type === 'FunctionExpression') {
    if (node.async) return 'async';
    return node.generator ? 'function*' : undefined;
  }
  if ('operator' in node && OPERATORS.has(node.operator)) return node.operator;
  if (type === 'AssignmentExpression') return shorthandIn(node.right);
  if (type === 'Literal') return literal(node);
  return type === 'Property' ? member(node) : OTHERS[type];
}

/** Only there: WeChat's compiler takes `f({ a })`. */
function shorthandIn(node: AnyNode): string | undefined {
  const members = node.type === 'ObjectExpression' ? node.properties : [];
  const isShort = members.some((one) => one.type === 'Property' && one.shorthand);
  return isShort ? WITHOUT_COLON : undefined;
}

function literal({ value, raw = '' }: AnyNode & { type: 'Literal' }): string | undefined {
  if (raw.startsWith('/')) return 'regular expressions between / (getRegExp makes them)';
  const isNumber = typeof value === 'number' || typeof value === 'bigint';
  return isNumber && !PLAIN_NUMBER.test(raw) ? `numbers like ${raw}` : undefined;
}

function member(node: AnyNode & { type: 'Property' }): string | undefined {
  if (node.kind !== 'init') return `${node.kind} in objects`;
  if (node.computed) return 'names in [ ] in objects';
  if (node.method) return WITHOUT_COLON;
  const { key } = node;
  const isNumber = key.type === 'Literal' && typeof key.value === 'number';
  return isNumber ? 'numbers as names in objects' : undefined;
}
