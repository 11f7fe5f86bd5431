/**
 * What the cloud must hold, as cloudfunctions/resources.json says: for the build, the local cloud,
 * the deployment and the doctor.
 */
import { readFileSync } from 'node:fs';
import { CommandError } from '../lib/command-error';
import { isRecord } from '../lib/is-record';
import { text } from '../lib/language';
import { parseJson } from './parse-json';
import { problemWithSignInMethods } from './sign-in-methods';
import { problemIn } from './validate-resources';

export interface FunctionResource {
  name: string;
  description: string;
  /** Those of the cloud that this project runs on. */
  runtime: 'Nodejs16.13' | 'Nodejs18.15' | 'Nodejs20.19';
  memoryMb: number;
  timeoutSeconds: number;
  /** Environment variables of every deployment. Never a secret: the file is committed. */
  variables: Readonly<Record<string, string>>;
  /** WeChat's open interfaces that it may call, e.g. `phonenumber.getPhoneNumber`. */
  permissions: { openapi: readonly string[] };
  /** What it does with sessions: a policy that changes reaches the functions in this order. */
  sessions: 'issues' | 'checks' | 'both';
  timer?: TimerResource;
  /** Deployed only when one of these environment variables is set where the deployment runs. */
  onlyWith?: readonly string[];
  /** How the names of environment variables begin that a deployment takes from its environment. */
  secretVariables?: string;
}

export interface TimerResource {
  name: string;
  /** Seven fields, seconds first, in UTC+8. */
  cron: string;
}

export interface IndexResource {
  name: string;
  /** Each a path into the document; several make a compound index, in this order. */
  keys: readonly { field: string; order: 'asc' | 'desc' }[];
  /** A missing field counts as null: https://cloud.tencent.com/document/product/876/32310. */
  unique: boolean;
}

export interface CollectionResource {
  name: string;
  permission: 'ADMINONLY' | 'PRIVATE' | 'READONLY' | 'ADMINWRITE';
  indexes: readonly IndexResource[];
}

export interface Resources {
  functions: readonly FunctionResource[];
  collections: readonly CollectionResource[];
}

/**
 * @throws CommandError that names the file and what is wrong in it: it can't be read, is not JSON
 * (with line and column), does not follow cloudfunctions/resources.schema.json, has a name twice, or
 * offers ways in that do not exist or that differ between functions
 */
export function readResources(file: string): Resources {
  try {
    const content = withDefaults(parseJson(readFileSync(file, 'utf8')));
    const problem = problemIn(content);
    if (problem !== undefined) throw new Error(problem);
    const { functions, collections } = content as Resources;
    const disagreement = problemWithSignInMethods(functions);
    if (disagreement !== undefined) throw new Error(disagreement);
    return { functions, collections };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CommandError(text({ zh: `${file}：${reason}`, en: `${file}: ${reason}` }), { cause });
  }
}

/** What has another shape stays as it is, for the validation to complain about. */
function withDefaults(content: unknown): unknown {
  if (!isRecord(content) || !Array.isArray(content['functions'])) return content;
  const { defaults } = content;
  if (!isRecord(defaults)) return content;
  const functions = content['functions'].map((own: unknown) =>
    isRecord(own) ? { ...defaults, ...own } : own,
  );
  return { ...content, functions };
}
