/** Reads a folder of functions: NAME/index.js, and NAME/config.json beside it. */
import { readdirSync, readFileSync, statSync, type Stats } from 'node:fs';
import { join } from 'node:path';

export interface FunctionFiles {
  name: string;
  /** The absolute path of the script. */
  main: string;
  /** The modification time of the script, epoch milliseconds: a rebuilt function starts anew. */
  builtAt: number;
  timeoutSeconds: number;
  environment: Readonly<Record<string, string>>;
  /** The open interfaces of WeChat that it may call. */
  permissions: readonly string[];
}

const NAME = /^[A-Za-z][A-Za-z0-9_-]{0,59}$/;
/** The default of the platform. */
const DEFAULT_TIMEOUT_SECONDS = 3;
const MAX_TIMEOUT_SECONDS = 900;

/** `undefined` when there is no such function. */
export function findFunction(folder: string, name: string): FunctionFiles | undefined {
  if (!NAME.test(name)) return undefined;
  const main = join(folder, name, 'index.js');
  const stats = statsOf(main);
  if (!stats?.isFile()) return undefined;
  return { name, main, builtAt: stats.mtimeMs, ...readConfig(join(folder, name, 'config.json')) };
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

export interface TimerTrigger {
  functionName: string;
  name: string;
  /** A cron expression of seven fields. */
  config: string;
}

/** The timers of all functions; the platform takes one per function. */
export function listTimers(folder: string): TimerTrigger[] {
  return readdirSync(folder)
    .filter((functionName) => findFunction(folder, functionName) !== undefined)
    .flatMap((functionName) => {
      const { triggers } = decodeFile(join(folder, functionName, 'config.json'));
      const [trigger] = (Array.isArray(triggers) ? triggers : []).map(decodeObject);
      const { type, name, config } = trigger ?? {};
      const isTimer = type === 'timer' && typeof name === 'string' && typeof config === 'string';
      return isTimer ? [{ functionName, name, config }] : [];
    });
}

function readConfig(
  file: string,
): Pick<FunctionFiles, 'timeoutSeconds' | 'environment' | 'permissions'> {
  const { timeout, envVariables, permissions } = decodeFile(file);
  const isTimeout = typeof timeout === 'number' && timeout >= 1 && timeout <= MAX_TIMEOUT_SECONDS;
  const variables = Object.entries(decodeObject(envVariables)).map(([key, value]) => [
    key,
    String(value),
  ]);
  return {
    timeoutSeconds: isTimeout ? timeout : DEFAULT_TIMEOUT_SECONDS,
    environment: Object.fromEntries(variables) as Record<string, string>,
    permissions: openInterfacesIn(permissions),
  };
}

function openInterfacesIn(permissions: unknown): string[] {
  const { openapi } = decodeObject(permissions);
  return Array.isArray(openapi) ? openapi.filter((name) => typeof name === 'string') : [];
}

function decodeFile(file: string): Record<string, unknown> {
  return decodeObject(
    statSync(file, { throwIfNoEntry: false }) && JSON.parse(readFileSync(file, 'utf8')),
  );
}

function decodeObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
