/**
 * The expressions of security rules, as far as they are documented
 * (https://docs.cloudbase.net/database/configuration/permission/security-rules and
 * https://docs.cloudbase.net/rule/reference/function). What is not is refused by name.
 */
import { parse, type Expression, type Node, type Program } from 'acorn';

/** A checked expression. */
export type Rule =
  | { kind: 'literal'; value: unknown }
  | { kind: 'variable'; name: Variable }
  | { kind: 'member'; object: Rule; key: Rule }
  | { kind: 'array'; items: readonly Rule[] }
  /** The parts, joined: a template, or a sum of texts. */
  | { kind: 'text'; parts: readonly Rule[] }
  | { kind: 'get'; path: Rule }
  | { kind: 'not'; operand: Rule }
  | { kind: 'and' | 'or'; left: Rule; right: Rule }
  | { kind: 'compare'; operator: ComparisonOperator; left: Rule; right: Rule }
  | { kind: 'in'; value: Rule; list: Rule };

const VARIABLES = ['auth', 'doc', 'now', 'request'] as const;
type Variable = (typeof VARIABLES)[number];
export type ComparisonOperator = (typeof COMPARISONS)[number];
const COMPARISONS = ['==', '!=', '>', '>=', '<', '<='] as const;

const MAX_LENGTH = 1024;
const MAX_GETS = 3;
const MAX_GET_DEPTH = 2;

/** @throws TypeError that says what is wrong with the rule */
export function parseRule(rule: unknown): Rule {
  if (typeof rule === 'boolean') return { kind: 'literal', value: rule };
  if (typeof rule !== 'string') throw new TypeError('must be true, false or a string');
  if (rule.length > MAX_LENGTH) throw new TypeError(`must have at most ${MAX_LENGTH} characters`);
  const parsed = readNode(expressionOf(rule), { depth: 0, count: { gets: 0 } });
  if (isBoolean(parsed)) return parsed;
  throw new TypeError(`must be true or false, and ${JSON.stringify(rule)} is neither`);
}

function isBoolean(rule: Rule): boolean {
  if (rule.kind === 'literal') return typeof rule.value === 'boolean';
  return !['variable', 'array', 'text'].includes(rule.kind);
}

function expressionOf(text: string): Expression {
  let body: Program['body'];
  try {
    ({ body } = parse(text, { ecmaVersion: 2020 }));
  } catch (error) {
    throw new TypeError(`is not an expression: ${(error as Error).message}`, { cause: error });
  }
  const [statement] = body;
  if (body.length === 1 && statement?.type === 'ExpressionStatement') return statement.expression;
  throw new TypeError('must be one expression');
}

/** How deep in calls of `get` a part is, and how many of them the rule has so far. */
interface Reading {
  depth: number;
  count: { gets: number };
}

type NodeOf<Type extends Expression['type']> = Extract<Expression, { type: Type }>;
/** `undefined`: rules know no such part. */
type Reader<Type extends Expression['type']> = (
  node: NodeOf<Type>,
  read: (part: Node) => Rule,
  reading: Reading,
) => Rule | undefined;

const readers: { readonly [Type in Expression['type']]?: Reader<Type> } = {
  Literal: ({ value }) =>
    value instanceof RegExp || typeof value === 'bigint' ? undefined : { kind: 'literal', value },
  Identifier: ({ name }) => {
    if (name === 'undefined') return { kind: 'literal', value: undefined };
    const variable = VARIABLES.find((known) => known === name);
    if (variable !== undefined) return { kind: 'variable', name: variable };
    throw new TypeError(
      `has no variable ${JSON.stringify(name)}: there are ${VARIABLES.join(', ')}`,
    );
  },
  MemberExpression: ({ object, property, computed, optional }, read) => {
    if (optional) return undefined;
    const name = property.type === 'Identifier' ? property.name : '';
    const key: Rule = computed ? read(property) : { kind: 'literal', value: name };
    return { kind: 'member', object: read(object), key };
  },
  ArrayExpression: ({ elements }, read) => ({
    kind: 'array',
    items: elements.map((element) => {
      if (element === null) throw new TypeError('has an array with a gap');
      return read(element);
    }),
  }),
  TemplateLiteral: ({ quasis, expressions }, read) => ({
    kind: 'text',
    parts: quasis.flatMap((quasi, position): Rule[] => {
      const text: Rule = { kind: 'literal', value: quasi.value.cooked ?? '' };
      const filled = expressions[position];
      return filled === undefined ? [text] : [text, read(filled)];
    }),
  }),
  UnaryExpression: ({ operator, argument }, read) => {
    if (operator === '!') return { kind: 'not', operand: read(argument) };
    if (operator === '-' && argument.type === 'Literal') {
      return { kind: 'literal', value: -Number(argument.value) };
    }
    throw unknownOperator(operator);
  },
  LogicalExpression: ({ operator, left, right }, read) => {
    if (operator === '??') throw unknownOperator(operator);
    return { kind: operator === '&&' ? 'and' : 'or', left: read(left), right: read(right) };
  },
  BinaryExpression: ({ operator, ...node }, read) => {
    const [left, right] = [read(node.left), read(node.right)];
    if (operator === 'in') return { kind: 'in', value: left, list: right };
    if (operator === '+') return { kind: 'text', parts: [left, right] };
    const comparison = COMPARISONS.find((known) => known === operator);
    if (comparison === undefined) throw unknownOperator(operator);
    return { kind: 'compare', operator: comparison, left, right };
  },
  CallExpression: ({ callee, arguments: given }, _read, { depth, count }) => {
    const [path] = given;
    const isGet = callee.type === 'Identifier' && callee.name === 'get';
    if (!isGet || path === undefined || given.length > 1) {
      throw new TypeError('calls a function other than get(path)');
    }
    count.gets += 1;
    if (count.gets > MAX_GETS) throw new TypeError(`calls get more than ${MAX_GETS} times`);
    if (depth >= MAX_GET_DEPTH) throw new TypeError(`nests get deeper than ${MAX_GET_DEPTH}`);
    return { kind: 'get', path: readNode(path, { depth: depth + 1, count }) };
  },
};

function readNode(node: Node, reading: Reading): Rule {
  const { type } = node as Expression;
  const reader = readers[type] as Reader<typeof type> | undefined;
  const rule = reader?.(node as never, (part) => readNode(part, reading), reading);
  if (rule === undefined) throw new TypeError(`has a part that rules do not know: ${type}`);
  return rule;
}

function unknownOperator(operator: string): TypeError {
  return new TypeError(
    `has the operator ${operator}: there are ${[...COMPARISONS, 'in', '&&', '||', '!'].join(' ')}`,
  );
}
