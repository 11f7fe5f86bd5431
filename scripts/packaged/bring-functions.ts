/** Brings functions into a project, and newer ones in their place: all that was asked for, or none. */
import { randomBytes } from 'node:crypto';
import { copyFile, mkdir, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CommandError } from '../lib/command-error';
import { closeAtEnd } from '../lib/process-end';
import { isLocked, retryWhileLocked } from '../lib/retry-while-locked';
import {
  compareFunction,
  isEmptyOrMissing,
  obstacleOf,
  OWNERS_FILE,
  type FileState,
} from './compare';
import type { BroughtFunctions } from './manifest';
import { NOTE, readNote, shown, type Note, type ProjectFolder } from './project-folder';
import { text } from '../lib/language';

export interface Bringing {
  project: ProjectFolder;
  /** Of the package: the manifest is in it, and the files. */
  packageDir: string;
  manifest: BroughtFunctions;
  /** Of the manifest. */
  names: readonly string[];
  /** Replaces what was edited. */
  force: boolean;
}

export interface Brought {
  name: string;
  outcome: 'new' | 'updated' | 'unchanged';
  /** Files of their owner's, which stay: from the project. */
  kept: string[];
}

interface Plan {
  name: string;
  folder: string;
  isNew: boolean;
  states: Map<string, FileState>;
}

/** As those of Node. */
export interface Disk {
  rename: (from: string, to: string) => Promise<void>;
  rm: (path: string, options?: { force: boolean }) => Promise<void>;
}

/**
 * A Ctrl-C waits until it has brought all: half of a function would be uploaded with the others.
 *
 * @throws CommandError before anything is written, where something edited or somebody's is in the way;
 *   where another program keeps a file open; the next run carries on from there
 */
export async function bringFunctions(
  bringing: Bringing,
  disk: Disk = { rename, rm },
): Promise<Brought[]> {
  const all = bringAll(bringing, disk);
  const isOver = closeAtEnd(async () => {
    await all;
  });
  try {
    return await all;
  } finally {
    await isOver().catch(() => undefined);
  }
}

async function bringAll(bringing: Bringing, disk: Disk): Promise<Brought[]> {
  const { project, manifest, names, force } = bringing;
  const note = readNote(project) ?? { version: '', functions: {} };
  const plans = names.map((name) => planOf(project, manifest, note, name));
  refuseOthers(project, plans, note);
  refuseObstacles(project, plans);
  if (!force) refuseEdited(project, plans);
  const brought: Brought[] = [];
  for (const plan of plans) brought.push(await carryOut(plan, bringing, disk));
  const functions = { ...note.functions };
  for (const name of names) functions[name] = { ...manifest.functions[name]?.files };
  const next: Note = { version: manifest.version, functions };
  await replace(disk, join(project.dir, NOTE), (file) =>
    writeFile(file, `${JSON.stringify(next, undefined, 2)}\n`),
  );
  return brought;
}

function planOf(
  { functionsDir }: ProjectFolder,
  manifest: BroughtFunctions,
  note: Note,
  name: string,
): Plan {
  const folder = join(functionsDir, name);
  const files = manifest.functions[name]?.files ?? {};
  const states = compareFunction(folder, files, note.functions[name]);
  return { name, folder, isNew: isEmptyOrMissing(folder), states };
}

/** A function of the same name that nobody brought is somebody's own. */
function refuseOthers(project: ProjectFolder, plans: readonly Plan[], note: Note): void {
  const others = plans.filter(
    ({ name, isNew, states }) =>
      !isNew && note.functions[name] === undefined && [...states.values()].includes('edited'),
  );
  if (others.length === 0) return;
  const folders = others.map(({ folder }) => `  ${shown(project, folder)}/`).join('\n');
  throw new CommandError(
    text({
      zh: `以下云函数已存在，且不是由 init 写入的，没有做任何改动：\n${folders}\n请先改名或删除，再重新运行。`,
      en: `These functions are there, and init did not bring them. Nothing was changed:\n${folders}\nRename or remove them first.`,
    }),
  );
}

function refuseEdited(project: ProjectFolder, plans: readonly Plan[]): void {
  const edited = plans.flatMap(({ folder, states }) =>
    [...states]
      .filter(([file, state]) => state === 'edited' && file !== OWNERS_FILE)
      .map(([file]) => `  ${shown(project, join(folder, file))}`),
  );
  if (edited.length === 0) return;
  throw new CommandError(
    text({
      zh: `以下文件被修改过，没有做任何改动：\n${edited.join('\n')}\n加上 --force 会覆盖它们。`,
      en: `These files were edited. Nothing was changed:\n${edited.join('\n')}\n--force replaces them.`,
    }),
  );
}

/** A folder where a file belongs, or a file where a folder does, may hold anything: force takes neither. */
function refuseObstacles(project: ProjectFolder, plans: readonly Plan[]): void {
  const found = plans.flatMap(({ folder, states }) =>
    [...states.keys()].flatMap((file) => obstacleOf(folder, file, [...states.keys()]) ?? []),
  );
  if (found.length === 0) return;
  const paths = [...new Set(found)].map((path) => `  ${shown(project, path)}`).join('\n');
  throw new CommandError(
    text({
      zh: `以下文件或文件夹挡住了要写入的文件，没有做任何改动：\n${paths}\n请先移走，再重新运行。`,
      en: `These are in the way of what is brought. Nothing was changed:\n${paths}\nMove them first.`,
    }),
  );
}

async function carryOut(
  { name, folder, isNew, states }: Plan,
  { project, packageDir, manifest }: Bringing,
  disk: Disk,
): Promise<Brought> {
  const files = manifest.functions[name]?.files ?? {};
  const kept: string[] = [];
  let isChanged = false;
  await mkdir(folder, { recursive: true });
  // What goes, goes first: where a file was, a folder may come.
  const inOrder = [...states].sort(([a], [b]) => Number(a in files) - Number(b in files));
  for (const [file, state] of inOrder) {
    const path = join(folder, file);
    const hash = files[file];
    if (state === 'same') continue;
    if (state === 'edited' && file === OWNERS_FILE) {
      kept.push(shown(project, path));
      continue;
    }
    isChanged = true;
    if (hash === undefined) {
      await unlocked(path, () => disk.rm(path, { force: true }));
      await removeEmpty(dirname(path), folder);
      continue;
    }
    await mkdir(dirname(path), { recursive: true });
    await replace(disk, path, (beside) => copyFile(join(packageDir, hash), beside));
  }
  return { name, outcome: isNew ? 'new' : isChanged ? 'updated' : 'unchanged', kept };
}

/** @param top stays */
async function removeEmpty(folder: string, top: string): Promise<void> {
  for (let dir = folder; dir !== top && isEmptyOrMissing(dir); dir = dirname(dir)) await rmdir(dir);
}

/** Whoever reads the file meanwhile has the one or the other, whole. */
async function replace(
  disk: Disk,
  path: string,
  write: (beside: string) => Promise<void>,
): Promise<void> {
  const beside = `${path}.${randomBytes(4).toString('hex')}.tmp`;
  try {
    await write(beside);
    await unlocked(path, () => disk.rename(beside, path));
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

async function unlocked(path: string, operation: () => Promise<void>): Promise<void> {
  try {
    await retryWhileLocked(operation);
  } catch (error) {
    if (!isLocked(error)) throw error;
    throw new CommandError(
      text({
        zh: `${path} 无法写入：文件正被其他程序占用，或没有写入权限。处理后请重新运行。`,
        en: `${path} can't be written: another program has it open, or it may not be written. Mend that, and run this again.`,
      }),
      { cause: error },
    );
  }
}
