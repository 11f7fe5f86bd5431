/** The folders that a local cloud is given, checked before it touches anything else. */
import { randomUUID } from 'node:crypto';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { lockFolder } from './folder-lock';
import { LocalCloudStartError } from './start-error';

/** What a new state takes, with the runtime of functions. */
const ROOM_BYTES = 1024 * 1024;

/**
 * Makes the folder of the state, unless it is there.
 *
 * @param dataDir an absolute path
 * @throws LocalCloudStartError DATA_DIR_UNUSABLE
 */
export function makeDataDir(dataDir: string): void {
  try {
    makeFolder(dataDir);
    readdirSync(dataDir);
    accessSync(dataDir, constants.W_OK);
    requireRoom(dataDir);
  } catch (error) {
    throw new LocalCloudStartError(
      'DATA_DIR_UNUSABLE',
      `The data cannot be kept in ${dataDir} (${reason(error)}): choose another folder with --data.`,
    );
  }
}

/**
 * Until what it resolves to has run, or this process has ended.
 *
 * @param dataDir an absolute path
 * @throws LocalCloudStartError DATA_DIR_IN_USE
 */
export async function lockDataDir(dataDir: string): Promise<() => Promise<void>> {
  const unlock = await lockFolder(dataDir);
  if (unlock !== undefined) return unlock;
  throw new LocalCloudStartError(
    'DATA_DIR_IN_USE',
    `Another local cloud uses the data folder ${dataDir}: stop it, or choose another folder with --data.`,
  );
}

/**
 * @param functionsDir an absolute path
 * @throws LocalCloudStartError FUNCTIONS_DIR_MISSING
 */
export function requireFunctionsDir(functionsDir: string): void {
  try {
    readdirSync(functionsDir);
  } catch (error) {
    throw new LocalCloudStartError(
      'FUNCTIONS_DIR_MISSING',
      `There are no functions in ${functionsDir} (${reason(error)}): choose another folder with --functions.`,
    );
  }
}

/** On a full disk lmdb ends the process by a signal, without a word, while it opens its files. */
function requireRoom(dataDir: string): void {
  const file = join(dataDir, `${randomUUID()}.part`);
  try {
    writeFileSync(file, Buffer.alloc(ROOM_BYTES));
  } finally {
    rmSync(file, { force: true });
  }
}

/** One at a time: mkdir with `recursive` never ends where a folder refuses new ones by ENOENT. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder);
}

function reason(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOTDIR') return 'it is not a folder, or lies in a file';
  if (code === 'EACCES' || code === 'EPERM') return 'permission denied';
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'there is no room left on the disk';
  return code ?? message;
}
