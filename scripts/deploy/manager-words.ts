/** Translates between manager-node's requests and answers, and this project's types. */
import type { IndexResource } from '../project/resources';
import { CloudApiError, type FunctionState, type WantedFunction } from './cloud';

export type UnknownRecord = Record<string, unknown>;

/** Triggers are created separately: here manager-node would only print that it failed. */
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

export function functionStateOf(detail: UnknownRecord): FunctionState {
  const variables = recordsFrom(recordFrom(detail['Environment'])['Variables']);
  const timers = recordsFrom(detail['Triggers']).filter(({ Type: type }) => type === 'timer');
  return {
    runtime: textFrom(detail['Runtime']),
    memoryMb: Number(detail['MemorySize']),
    timeoutSeconds: Number(detail['Timeout']),
    variables: Object.fromEntries(
      variables.map(({ Key: key, Value: value }) => [textFrom(key), textFrom(value)]),
    ),
    description: textFrom(detail['Description']),
    timers: Object.fromEntries(
      timers.map((trigger) => [
        textFrom(trigger['TriggerName']),
        cronOf(textFrom(trigger['TriggerDesc'])),
      ]),
    ),
    status: textFrom(detail['Status']),
  };
}

/** Read back, the seven fields are inside JSON. */
function cronOf(description: string): string {
  if (!description.trim().startsWith('{')) return description;
  return textFrom(recordFrom(JSON.parse(description))['cron']);
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

export function indexOf(value: UnknownRecord): IndexResource {
  return {
    name: textFrom(value['Name']),
    keys: recordsFrom(value['Keys']).map((key) => ({
      field: textFrom(key['Name']),
      order: String(key['Direction']) === '-1' ? 'desc' : 'asc',
    })),
    unique: value['Unique'] === true,
  };
}

export function apiError(cause: unknown, doing: string): CloudApiError {
  if (cause instanceof CloudApiError) return cause;
  const { code, message } = recordFrom(cause);
  const text = textFrom(message) || String(cause);
  // A failure below HTTP has its code in its message, if anywhere.
  if (/socket hang up|network socket disconnected/i.test(text)) {
    return new CloudApiError('ECONNRESET', text, doing, { cause });
  }
  const [inText] = /E[A-Z]{4,}(?:_AGAIN)?/.exec(text) ?? [];
  return new CloudApiError(textFrom(code) || (inText ?? 'Unknown'), text, doing, { cause });
}

/** An object as it is; anything else as an empty one. */
export function recordFrom(value: unknown): UnknownRecord {
  return typeof value === 'object' && value !== null ? (value as UnknownRecord) : {};
}

/** The elements of an array as objects; anything else as none. */
export function recordsFrom(value: unknown): UnknownRecord[] {
  return Array.isArray(value) ? value.map(recordFrom) : [];
}

/** A string or a number as a string; anything else as an empty one. */
export function textFrom(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
