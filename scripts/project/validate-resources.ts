/** Validates resources.json; its messages are for the person who edits it. */
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { readFileSync } from 'node:fs';
import { text, type Text } from '../lib/language';
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
    const first = `${list}[${names.indexOf(name)}]`;
    return text({
      zh: `${list}[${again}].name 不能是“${name}”：${first} 已经用了`,
      en: `${list}[${again}].name must not be "${name}": ${first} has it`,
    });
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
  const place = path.slice(1) || text({ zh: '文件', en: 'the file' });
  const name = of === undefined ? '' : text({ zh: `（${of}）`, en: ` (of ${of})` });
  return text({
    zh: `${place}${name || ' '}${expectation(error)}`,
    en: `${place}${name} ${expectation(error)}`,
  });
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
    case 'type': {
      const type = String(params['type']);
      const { zh, en } = NAMES[type] ?? { zh: type, en: type };
      return text({ zh: `应为${zh}，不能是 ${given}`, en: `must be ${en}, not ${given}` });
    }
    case 'enum': {
      const allowed = params['allowedValues'] as string[];
      return text({
        zh: `只能是 ${allowed.join('、')}，不能是 ${given}`,
        en: `must be one of ${allowed.join(', ')}, not ${given}`,
      });
    }
    case 'minimum': {
      const limit = String(params['limit']);
      return text({
        zh: `不能小于 ${limit}，现在是 ${given}`,
        en: `must be at least ${limit}, not ${given}`,
      });
    }
    case 'maximum': {
      const limit = String(params['limit']);
      return text({
        zh: `不能大于 ${limit}，现在是 ${given}`,
        en: `must be at most ${limit}, not ${given}`,
      });
    }
    case 'minLength':
    case 'minItems':
      return text({ zh: '不能为空', en: 'must not be empty' });
    case 'required': {
      const name = String(params['missingProperty']);
      return text({ zh: `缺少 "${name}"`, en: `must have "${name}"` });
    }
    case 'additionalProperties': {
      const name = String(params['additionalProperty']);
      return text({ zh: `不能有 "${name}"`, en: `must not have "${name}"` });
    }
    case 'pattern': {
      const { description = message ?? '' } = parentSchema as { description?: string };
      return text({
        zh: `应为：${PATTERNS.get(description) ?? description}现在是 ${given}`,
        en: `must be ${description} It is ${given}.`,
      });
    }
    default:
      return message ?? text({ zh: '不合要求', en: 'is not valid' });
  }
}

/** The Chinese for what the schema says of its patterns. */
const PATTERNS = new Map([
  [
    'a letter, then letters, digits, - and _; 60 characters at most.',
    '以字母开头，其后是字母、数字、- 和 _，最多 60 个字符。',
  ],
  [
    'letters, digits, - and _, and . after the first; 64 characters at most.',
    '字母、数字、- 和 _，首字符之后还可以有 .，最多 64 个字符。',
  ],
  [
    'the name of an open interface, such as phonenumber.getPhoneNumber.',
    '开放接口的名字，如 phonenumber.getPhoneNumber。',
  ],
  [
    'seven fields in UTC+8: second, minute, hour, day, month, weekday, year; each of digits and * , - /.',
    '七个字段，按 UTC+8 的时间：秒、分、时、日、月、星期、年，各由数字和 * , - / 组成。',
  ],
]);

const NAMES: Readonly<Record<string, Text>> = {
  array: { zh: '数组', en: 'an array' },
  boolean: { zh: ' true 或 false', en: 'true or false' },
  integer: { zh: '整数', en: 'a whole number' },
  object: { zh: '对象', en: 'an object' },
  string: { zh: '字符串', en: 'a string' },
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
