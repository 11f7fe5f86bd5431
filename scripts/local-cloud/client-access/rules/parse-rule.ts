/**
 * The expressions of security rules, as far as they are documented
 * (https://docs.cloudbase.net/database/configuration/permission/security-rules and
 * https://docs.cloudbase.net/rule/reference/function). What is not is refused by name.
 */
import { parse, type Expression, type Node, type Program } from 'acorn';

export type ComparisonOperator = '==' | '!=' | '>' | '>=' | '<' | '<=';

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
const COMPARISONS: readonly string[] = ['==', '!=', '>', '>=', '<', '<='];

const MAX_LENGTH = 1024;
const MAX_GETS = 3;
const MAX_GET_DEPTH = 2;

/** @throws TypeError that says what is wrong with the rule */
export function parseRule(rule: unknown): Rule {
  if (typeof rule === 'boolean') return { kind: 'literal', value: rule };
  if (typeof rule !== 'string') throw new TypeError('must be true, false or a string');
  if (rule.length > MAX_LENGTH) throw new TypeError(`must have at most ${MAX_LENGTH} characters`);
  const parsed = new RuleReader().read(expressionOf(rule), 0);
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

class RuleReader {
  #gets = 0;

  /** @param depth how many calls of `get` are around it */
  read(node: Expression | Node, depth: number): Rule {
    const expression = node as Expression;
    const read = (part: Expression | Node): Rule => this.read(part, depth);
    switch (expression.type) {
      case 'Literal': {
        const { value } = expression;
        if (value instanceof RegExp || typeof value === 'bigint') break;
        return { kind: 'literal', value };
      }
      case 'Identifier': {
        const { name } = expression;
        if (name === 'undefined') return { kind: 'literal', value: undefined };
        const variable = VARIABLES.find((known) => known === name);
        if (variable !== undefined) return { kind: 'variable', name: variable };
        throw new TypeError(
          `has no variable ${JSON.stringify(name)}: there are ${VARIABLES.join(', ')}`,
        );
      }
      case 'MemberExpression': {
        const { object, property, computed, optional } = expression;
        if (optional || property.type === 'PrivateIdentifier') break;
        const name = property.type === 'Identifier' ? property.name : '';
        const key: Rule = computed ? read(property) : { kind: 'literal', value: name };
        return { kind: 'member', object: read(object), key };
      }
      case 'ArrayExpression': {
        const items = expression.elements.map((element): Rule => {
          if (element === null) throw new TypeError('has an array with a gap');
          return read(element);
        });
        return { kind: 'array', items };
      }
      case 'TemplateLiteral':
        return {
          kind: 'text',
          parts: expression.quasis.flatMap((quasi, position): Rule[] => {
            const text: Rule = { kind: 'literal', value: quasi.value.cooked ?? '' };
            const filled = expression.expressions[position];
            return filled === undefined ? [text] : [text, read(filled)];
          }),
        };
      case 'UnaryExpression':
        if (expression.operator === '!') return { kind: 'not', operand: read(expression.argument) };
        if (expression.operator === '-' && expression.argument.type === 'Literal') {
          return { kind: 'literal', value: -Number(expression.argument.value) };
        }
        throw unknownOperator(expression.operator);
      case 'LogicalExpression': {
        const { operator, left, right } = expression;
        if (operator === '??') throw unknownOperator(operator);
        return { kind: operator === '&&' ? 'and' : 'or', left: read(left), right: read(right) };
      }
      case 'BinaryExpression': {
        const { operator } = expression;
        const [left, right] = [read(expression.left), read(expression.right)];
        if (operator === 'in') return { kind: 'in', value: left, list: right };
        if (operator === '+') return { kind: 'text', parts: [left, right] };
        if (!COMPARISONS.includes(operator)) throw unknownOperator(operator);
        return { kind: 'compare', operator: operator as ComparisonOperator, left, right };
      }
      case 'CallExpression': {
        const { callee, arguments: given } = expression;
        const [path] = given;
        const isGet = callee.type === 'Identifier' && callee.name === 'get';
        if (!isGet || path === undefined || given.length > 1) {
          throw new TypeError('calls a function other than get(path)');
        }
        if (++this.#gets > MAX_GETS) throw new TypeError(`calls get more than ${MAX_GETS} times`);
        if (depth >= MAX_GET_DEPTH) throw new TypeError(`nests get deeper than ${MAX_GET_DEPTH}`);
        return { kind: 'get', path: this.read(path, depth + 1) };
      }
      default:
    }
    throw new TypeError(`has a part that rules do not know: ${expression.type}`);
  }
}

function unknownOperator(operator: string): TypeError {
  return new TypeError(
    `has the operator ${operator}: there are ${[...COMPARISONS, 'in', '&&', '||', '!'].join(' ')}`,
  );
}
