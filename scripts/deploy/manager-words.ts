/** What is said to manager-node and what it answers, in this project's words and in its own. */
import type { IndexResource } from '../project/resources';
import { CloudApiError, type FunctionState, type WantedFunction } from './cloud';

export type Fields = Record<string, unknown>;

/** The triggers are made apart: here a failure to make them would only be printed. */
export function functionOf({ resource, variables, description }: WantedFunction): object {
  return {
    name: resource.name,
    runtime: resource.runtime,
    memorySize: resource.memoryMb,
    timeout: resource.timeoutSeconds,
    envVariables: variables,
    description,
    handler: 'index.main',
    installDependency: false,
  };
}

export function functionStateOf(detail: Fields): FunctionState {
  const variables = listOf(fieldsOf(detail['Environment'])['Variables']);
  const timers = listOf(detail['Triggers']).filter(({ Type: type }) => type === 'timer');
  return {
    runtime: textOf(detail['Runtime']),
    memoryMb: Number(detail['MemorySize']),
    timeoutSeconds: Number(detail['Timeout']),
    variables: Object.fromEntries(
      variables.map(({ Key: key, Value: value }) => [textOf(key), textOf(value)]),
    ),
    description: textOf(detail['Description']),
    timers: Object.fromEntries(
      timers.map((trigger) => [
        textOf(trigger['TriggerName']),
        cronOf(textOf(trigger['TriggerDesc'])),
      ]),
    ),
    status: textOf(detail['Status']),
  };
}

/** Read back, the seven fields come inside JSON. */
function cronOf(description: string): string {
  if (!description.trim().startsWith('{')) return description;
  return textOf(fieldsOf(JSON.parse(description))['cron']);
}

export function indexCreationOf({ name, keys, unique }: IndexResource): object {
  return {
    IndexName: name,
    MgoKeySchema: {
      MgoIndexKeys: keys.map(({ field, order }) => ({
        Name: field,
        Direction: order === 'asc' ? '1' : '-1',
      })),
      MgoIsUnique: unique,
    },
  };
}

export function indexOf(value: Fields): IndexResource {
  return {
    name: textOf(value['Name']),
    keys: listOf(value['Keys']).map((key) => ({
      field: textOf(key['Name']),
      order: String(key['Direction']) === '-1' ? 'desc' : 'asc',
    })),
    unique: value['Unique'] === true,
  };
}

export function apiError(cause: unknown, doing: string): CloudApiError {
  if (cause instanceof CloudApiError) return cause;
  const { code, message } = fieldsOf(cause);
  const text = textOf(message) || String(cause);
  // What failed below HTTP has its code in its message, if anywhere.
  if (/socket hang up|network socket disconnected/i.test(text)) {
    return new CloudApiError('ECONNRESET', text, doing, { cause });
  }
  const [inText] = /E[A-Z]{4,}(?:_AGAIN)?/.exec(text) ?? [];
  return new CloudApiError(textOf(code) || (inText ?? 'Unknown'), text, doing, { cause });
}

export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

export function listOf(value: unknown): Fields[] {
  return Array.isArray(value) ? value.map(fieldsOf) : [];
}

export function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
