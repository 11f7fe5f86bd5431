/** What the cloud must hold, as `cloudfunctions/resources.json` says: for the build, the local cloud, the deployment and the doctor. */
import { readFileSync } from 'node:fs';

/** Those of the cloud that this project runs on. */
export const RUNTIMES = ['Nodejs16.13', 'Nodejs18.15', 'Nodejs20.19'] as const;
export type Runtime = (typeof RUNTIMES)[number];

export interface FunctionResource {
  name: string;
  description: string;
  runtime: Runtime;
  memoryMb: number;
  timeoutSeconds: number;
  /** Environment variables, the same for every deployment. Never a secret: this file is committed. */
  variables: Readonly<Record<string, string>>;
  /** What it does with sessions: a limit that changes reaches the functions in this order. */
  sessions: 'issues' | 'checks' | 'both';
  timer?: TimerResource;
  /** Deployed only when this environment variable is set where the deployment runs. */
  onlyWith?: string;
  /** How the names of environment variables begin that are taken from the environment of who deploys. */
  secretVariables?: string;
}

export interface TimerResource {
  name: string;
  /** Seven fields, seconds first, in UTC+8. */
  cron: string;
}

export interface IndexResource {
  name: string;
  /** A path into the document each; several make a compound index, whose order they say. */
  keys: readonly { field: string; order: 'asc' | 'desc' }[];
  /** A field that is missing counts as null (https://cloud.tencent.com/document/product/876/32310). */
  unique: boolean;
}

export interface CollectionResource {
  name: string;
  permission: string;
  indexes: readonly IndexResource[];
}

export interface Resources {
  functions: readonly FunctionResource[];
  collections: readonly CollectionResource[];
}

/** @throws Error that names the file when it can't be read or has another shape */
export function readResources(file: string): Resources {
  try {
    const parsed = fieldsOf(JSON.parse(readFileSync(file, 'utf8')), 'the file');
    const { collections, functions = [], defaults = {} } = parsed;
    return {
      functions: listOf(functions, 'functions').map((value) =>
        decodeFunction({ ...fieldsOf(defaults, 'defaults'), ...fieldsOf(value, 'a function') }),
      ),
      collections: listOf(collections, 'collections').map(decodeCollection),
    };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`${file} is no list of resources: ${reason}`, { cause });
  }
}

function decodeFunction(value: Record<string, unknown>): FunctionResource {
  const name = textOf(value['name'], 'the name of a function');
  const { runtime, timer, onlyWith, secretVariables, variables, sessions = 'checks' } = value;
  if (!isRuntime(runtime)) {
    throw new TypeError(`the runtime of ${name} must be one of ${RUNTIMES.join(', ')}`);
  }
  if (sessions !== 'issues' && sessions !== 'checks' && sessions !== 'both') {
    throw new TypeError(`sessions of ${name} must be "issues", "checks" or "both"`);
  }
  return {
    name,
    sessions,
    description: textOf(value['description'], `the description of ${name}`),
    runtime,
    memoryMb: wholeOf(value['memoryMb'], `memoryMb of ${name}`),
    timeoutSeconds: wholeOf(value['timeoutSeconds'], `timeoutSeconds of ${name}`),
    variables: Object.fromEntries(
      Object.entries(fieldsOf(variables, `variables of ${name}`)).map(([key, text]) => [
        key,
        textOf(text, `the variable ${key} of ${name}`),
      ]),
    ),
    ...(onlyWith !== undefined && { onlyWith: textOf(onlyWith, `onlyWith of ${name}`) }),
    ...(timer !== undefined && { timer: decodeTimer(timer) }),
    ...(secretVariables !== undefined && {
      secretVariables: textOf(secretVariables, `secretVariables of ${name}`),
    }),
  };
}

function decodeTimer(value: unknown): TimerResource {
  const { name, cron } = fieldsOf(value, 'a timer');
  const text = textOf(cron, 'cron');
  if (text.trim().split(/\s+/).length !== 7) {
    throw new TypeError(`cron must have seven fields, seconds first, and is "${text}"`);
  }
  return { name: textOf(name, 'the name of a timer'), cron: text };
}

function decodeCollection(value: unknown): CollectionResource {
  const { name, permission, indexes = [] } = fieldsOf(value, 'a collection');
  return {
    name: textOf(name, 'the name of a collection'),
    permission: textOf(permission, 'permission'),
    indexes: listOf(indexes, 'indexes').map(decodeIndex),
  };
}

function decodeIndex(value: unknown): IndexResource {
  const { name, keys, unique = false } = fieldsOf(value, 'an index');
  const decoded = listOf(keys, 'keys').map((key) => {
    const { field, order } = fieldsOf(key, 'a key of an index');
    if (order !== 'asc' && order !== 'desc') throw new TypeError('order must be "asc" or "desc"');
    return { field: textOf(field, 'field'), order } as const;
  });
  if (decoded.length === 0) throw new TypeError('an index needs at least one key');
  return { name: textOf(name, 'the name of an index'), keys: decoded, unique: unique === true };
}

function isRuntime(value: unknown): value is Runtime {
  return (RUNTIMES as readonly unknown[]).includes(value);
}

function fieldsOf(value: unknown, what: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new TypeError(`${what} must be an object`);
  }
  return value as Record<string, unknown>;
}

function listOf(value: unknown, what: string): unknown[] {
  if (!Array.isArray(value)) throw new TypeError(`${what} must be an array`);
  return value as unknown[];
}

function textOf(value: unknown, what: string): string {
  if (typeof value !== 'string' || value === '') throw new TypeError(`${what} must be a text`);
  return value;
}

function wholeOf(value: unknown, what: string): number {
  if (!Number.isInteger(value) || (value as number) <= 0) {
    throw new TypeError(`${what} must be a whole number above 0`);
  }
  return value as number;
}
