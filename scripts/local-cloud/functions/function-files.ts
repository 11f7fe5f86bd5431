/**
 * Reads a folder of functions: NAME/index.js, and NAME/config.json beside it. Each time anew: they
 * may change while the local cloud runs.
 */
import { existsSync, readdirSync, readFileSync, statSync, type Stats } from 'node:fs';
import { join, relative } from 'node:path';
import { ConfigError } from './config-text';
import { decodeConfig, DEFAULT_CONFIG, type FunctionConfig } from './function-config';
import { signatureOf } from './instance/file-signature';

export interface FunctionFiles extends FunctionConfig {
  name: string;
  /** The absolute path of the script. */
  main: string;
  /** Its folder, relative to where the local cloud was started unless it is elsewhere. */
  shownFolder: string;
  /** Why it can't run: the file, the line, the column and what is wrong there. */
  problem?: string;
}

const NAME = /^[A-Za-z][A-Za-z0-9_-]{0,59}$/;

/** `undefined` when there is no such function. */
export function findFunction(folder: string, name: string): FunctionFiles | undefined {
  if (!NAME.test(name)) return undefined;
  const main = join(folder, name, 'index.js');
  if (statsOf(main)?.isFile() !== true) return undefined;
  const shownFolder = shown(join(folder, name));
  const file = join(folder, name, 'config.json');
  return { name, main, shownFolder, ...readConfig(file, join(shownFolder, 'config.json')) };
}

function shown(folder: string): string {
  const path = relative(process.cwd(), folder) || '.';
  return path.startsWith('..') ? folder : path;
}

/** `undefined` where there is nothing, also where a file stands in the place of a folder. */
function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EACCES') return undefined;
    throw error;
  }
}

type ReadConfig = FunctionConfig & { problem?: string };

/** By file: what it held, and its signature then. */
const configs = new Map<string, { signature: string; config: ReadConfig }>();

function readConfig(file: string, shownFile: string): ReadConfig {
  const signature = signatureOf(file);
  if (signature === '') return DEFAULT_CONFIG;
  const known = configs.get(file);
  if (known?.signature === signature) return known.config;
  const config = decodeFile(file, shownFile);
  configs.set(file, { signature, config });
  return config;
}

function decodeFile(file: string, shownFile: string): ReadConfig {
  try {
    return decodeConfig(readFileSync(file, 'utf8'));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined && !(error instanceof ConfigError)) throw error;
    return { ...DEFAULT_CONFIG, problem: `${shownFile}:${message}` };
  }
}

/** All functions of a folder, also those that can't run. */
export function listFunctions(folder: string): FunctionFiles[] {
  return namesIn(folder)
    .map((name) => findFunction(folder, name))
    .filter((files) => files !== undefined);
}

/** The folder itself may be gone for a moment, while it is built anew. */
function namesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}

export interface TimerTrigger {
  functionName: string;
  name: string;
  /** A cron expression of seven fields. */
  config: string;
}

/** The timers of all functions; the platform takes one per function. */
export function listTimers(folder: string): TimerTrigger[] {
  return listFunctions(folder).flatMap(({ name: functionName, timer }) =>
    timer === undefined ? [] : [{ functionName, ...timer }],
  );
}
