import type { Db } from '@cloudbase/database';

/** Operators of pipelines that mini programs have, and the library lacks. */
const MISSING = [
  'convert', 'dateToParts', 'ltrim', 'rtrim', 'toBool', 'toDate', 'toDecimal', 'toDouble', 'toInt', 'toLong',
  'toObjectId', 'toString', 'trim', 'type',
] as const; // prettier-ignore

type MissingOperators = Record<(typeof MISSING)[number], (value: unknown) => object>;

/** `db.command`, whose `aggregate` has every operator of a mini program. */
export type Command = Db['command'] & { aggregate: MissingOperators };

export function commandOf({ command }: Db): Command {
  const operators = MISSING.map((name) => [name, (value: unknown) => ({ [`$${name}`]: value })]);
  const missing = Object.fromEntries(operators) as MissingOperators;
  return { ...command, aggregate: { ...command.aggregate, ...missing } };
}
