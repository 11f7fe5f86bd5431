import { moduleCandidates, type PathAliases } from '../../miniprogram-files/module-paths';
import type { Problem } from '../../miniprogram-files/compile-error';
import { MiniprogramCompileError } from '../../miniprogram-files/compile-error';
import { readTextFile, type Folder } from '../../miniprogram-files/read-file';
import type { CompileMemory } from './memory';
import { compileScript, type ScriptModule } from './script-module';
import { takeSourceMap, unchangedMap, type MappedScript } from './source-maps';

/** A script with what it was written from. */
export interface CompiledScript extends ScriptModule {
  /** From the root. */
  file: string;
  map: NonNullable<MappedScript['map']>;
  /** The map came with the script: its sources are other files. */
  isBuilt: boolean;
}

export interface CompiledScripts {
  scripts: CompiledScript[];
  warnings: Problem[];
}

/**
 * app.js, the scripts of `paths`, and all that they require, each once.
 *
 * @throws MiniprogramCompileError with the syntax errors of all of them
 */
export async function compileScripts(
  folder: Folder,
  paths: readonly string[],
  aliases: PathAliases,
  memory: CompileMemory,
): Promise<CompiledScripts> {
  const found = new Map<string, CompiledScript>();
  const warnings: Problem[] = [];
  const errors: Problem[] = [];
  const reader = new ScriptReader(folder, memory);

  async function add(file: string): Promise<void> {
    if (found.has(file)) return;
    const script = await reader.read(file, errors);
    if (script === undefined) return;
    found.set(file, script);
    for (const { request, ...place } of script.requires) {
      const target = await reader.firstOf(moduleCandidates(request, file, aliases));
      if (target !== undefined) await add(target);
      else warnings.push({ file, ...place, message: `requires ${request}, which is not there` });
    }
  }
  for (const path of ['app', ...paths]) {
    const file = await reader.firstOf([`${path}.js`, `${path}.ts`]);
    if (file === undefined) warnings.push({ file: `${path}.js`, message: 'is missing' });
    else await add(file);
  }
  if (errors.length > 0) throw new MiniprogramCompileError(errors);
  return { scripts: [...found.values()], warnings };
}

/** Reads each file once. */
class ScriptReader {
  readonly #texts = new Map<string, string | undefined>();

  constructor(
    private readonly folder: Folder,
    private readonly memory: CompileMemory,
  ) {}

  async firstOf(files: readonly string[]): Promise<string | undefined> {
    for (const file of files) {
      if ((await this.#text(file)) !== undefined) return file;
    }
    return undefined;
  }

  async read(file: string, errors: Problem[]): Promise<CompiledScript | undefined> {
    const source = await this.#text(file);
    if (source === undefined) return undefined;
    try {
      return this.memory.remember(`script ${file}`, source, () => {
        const { code, map } = takeSourceMap(file, source);
        return {
          file,
          ...compileScript(file, code),
          map: map ?? unchangedMap(file, code),
          isBuilt: map !== undefined,
        };
      });
    } catch (cause) {
      if (!(cause instanceof MiniprogramCompileError)) throw cause;
      errors.push(...cause.problems);
      return undefined;
    }
  }

  async #text(file: string): Promise<string | undefined> {
    if (!this.#texts.has(file)) this.#texts.set(file, await readTextFile(this.folder, file));
    return this.#texts.get(file);
  }
}
