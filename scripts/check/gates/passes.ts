/**
 * What passed, by the content of all that it reads. A gate whose inputs are byte for byte what they
 * were when it passed would pass again; nothing is said of a gate that failed.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectFiles } from '../project-files';

export interface Inputs {
  /** Whether it reads a file, besides Node and what npm installed. */
  reads: (file: string) => boolean;
  /** The command line of the tool. */
  command: readonly string[];
}

export interface Passes {
  /** Whether the gate passed with these inputs; runs it when it is not known. */
  unlessPassed(
    gate: string,
    inputs: Inputs,
    run: () => Promise<string | undefined>,
  ): Promise<string | undefined>;
}

/** Every time anew. */
export const forgetful: Passes = { unlessPassed: (_gate, _inputs, run) => run() };

/** @param root of the project @param folder where it is kept; made when something is */
export function rememberedPasses(root: string, folder: string): Passes {
  return {
    async unlessPassed(gate, inputs, run) {
      const kept = join(folder, gate.replaceAll(/\W+/g, '-'));
      const key = await keyOf(root, inputs);
      if ((await readIfThere(kept)) === key) return undefined;
      const output = await run();
      // A file that was saved meanwhile may have been read as it was before, or as it is now.
      if (output === undefined && (await keyOf(root, inputs)) === key) {
        await mkdir(folder, { recursive: true });
        await writeFile(kept, key);
      }
      return output;
    },
  };
}

async function keyOf(root: string, { reads, command }: Inputs): Promise<string> {
  const hash = createHash('sha256');
  const add = (...parts: readonly (string | Buffer)[]): void => {
    for (const part of parts) hash.update(`${part.length} `).update(part);
  };
  add(process.version, ...command, await installed(root));
  const files = (await projectFiles(root)).filter(reads);
  const contents = await Promise.all(files.map((file) => readFile(join(root, file))));
  files.forEach((file, index) => {
    add(file, contents[index] ?? '');
  });
  return hash.digest('hex');
}

/** What npm has put into node_modules. */
async function installed(root: string): Promise<string> {
  return (await readIfThere(join(root, 'node_modules/.package-lock.json'))) ?? '';
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    return undefined;
  }
}
