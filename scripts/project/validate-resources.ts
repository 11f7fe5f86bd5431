/** Validates resources.json; its messages are for the person who edits it. */
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { readFileSync } from 'node:fs';
import type { Resources } from './resources';
import { root } from './root';

/** What a function must have once the defaults are filled in. */
const FILLED_IN = {
  type: 'object',
  properties: {
    functions: {
      type: 'array',
      items: { type: 'object', required: ['runtime', 'memoryMb', 'timeoutSeconds', 'variables'] },
    },
  },
};

let validators: readonly ValidateFunction[] | undefined;

/**
 * The path of what is wrong and what is expected there; `undefined` where nothing is.
 *
 * @param content whose functions have the defaults; what the schema has defaults for is added
 */
export function problemIn(content: unknown): string | undefined {
  validators ??= compileSchemas();
  const failed = validators.find((validate) => !validate(content));
  const [error] = failed?.errors ?? [];
  return error ? describe(error, content) : repeatedName(content as Resources);
}

/** Nothing in a JSON Schema says that two items may not have the same name. */
function repeatedName({ functions, collections }: Resources): string | undefined {
  const lists = new Map<string, readonly { name: string }[]>([
    ['functions', functions],
    ['collections', collections],
  ]);
  for (const [at, { indexes }] of collections.entries()) {
    lists.set(`collections[${at}].indexes`, indexes);
  }
  for (const [list, items] of lists) {
    const names = items.map(({ name }) => name);
    const again = names.findIndex((name, at) => names.indexOf(name) < at);
    if (again === -1) continue;
    const name = names[again] ?? '';
    return `${list}[${again}].name must not be "${name}": ${list}[${names.indexOf(name)}] has it`;
  }
  return undefined;
}

function compileSchemas(): ValidateFunction[] {
  const file = `${root}/cloudfunctions/resources.schema.json`;
  const schema = JSON.parse(readFileSync(file, 'utf8')) as object;
  const ajv = new Ajv({ useDefaults: true, verbose: true });
  return [ajv.compile(schema), ajv.compile(FILLED_IN)];
}

/** `functions[1].memoryMb (of sweep) must be a whole number, not "256"` */
function describe({ instancePath, ...error }: ErrorObject, content: unknown): string {
  const keys = instancePath.split('/').slice(1).map(unescapeKey);
  const path = keys.map((key) => (/^\d+$/.test(key) ? `[${key}]` : `.${key}`)).join('');
  const of = nameAt(content, keys.slice(0, 2));
  const place = [path.slice(1) || 'the file', ...(of === undefined ? [] : [`(of ${of})`])];
  return `${place.join(' ')} ${expectation(error)}`;
}

/** As a JSON pointer has it: RFC 6901. */
function unescapeKey(key: string): string {
  return key.replaceAll('~1', '/').replaceAll('~0', '~');
}

function expectation({
  keyword,
  message,
  params,
  parentSchema,
  data,
}: Omit<ErrorObject, 'instancePath'>): string {
  const given = JSON.stringify(data);
  switch (keyword) {
    case 'type':
      return `must be ${NAMES[String(params['type'])] ?? String(params['type'])}, not ${given}`;
    case 'enum':
      return `must be one of ${(params['allowedValues'] as string[]).join(', ')}, not ${given}`;
    case 'minimum':
      return `must be at least ${String(params['limit'])}, not ${given}`;
    case 'maximum':
      return `must be at most ${String(params['limit'])}, not ${given}`;
    case 'minLength':
    case 'minItems':
      return 'must not be empty';
    case 'required':
      return `must have "${String(params['missingProperty'])}"`;
    case 'additionalProperties':
      return `must not have "${String(params['additionalProperty'])}"`;
    case 'pattern': {
      const { description = message } = parentSchema as { description?: string };
      return `must be ${description ?? ''} It is ${given}.`;
    }
    default:
      return message ?? 'is not valid';
  }
}

const NAMES: Readonly<Record<string, string>> = {
  array: 'an array',
  boolean: 'true or false',
  integer: 'a whole number',
  object: 'an object',
  string: 'a string',
};

/** The name of the function or collection that is at fault, if it has one. */
function nameAt(content: unknown, keys: readonly string[]): string | undefined {
  const at = keys.reduce<unknown>(
    (value, key) => (value as Record<string, unknown> | undefined)?.[key],
    content,
  );
  const { name } = (at ?? {}) as { name?: unknown };
  return typeof name === 'string' && name !== '' && keys.length === 2 ? name : undefined;
}
