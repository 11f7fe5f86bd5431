/** The types of a package: declarations of its entry and of all that they name, none from outside. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, posix, relative, sep } from 'node:path';
import ts from 'typescript';
import { CommandError } from '../lib/command-error';
import { root } from '../project/root';

export interface Declarations {
  /** The tsconfig.json by which the entry is compiled, from the root. */
  project: string;
  /** The source whose types are public, from the root. */
  entry: string;
  /** Where a source's declarations go, e.g. `miniprogram/session/index`; both without an ending. */
  place: (source: string) => string;
}

/** A door of package.json. */
const DOOR = '#functions/';

/**
 * Writes them into a folder, and resolves to their files.
 *
 * @throws CommandError where the sources do not compile, or the types name a package
 */
export async function writeDeclarations(
  { project, entry, place }: Declarations,
  outDir: string,
): Promise<string[]> {
  const emitted = emit(project, entry);
  const written = new Set<string>();
  const waiting = [entry];
  for (let source = waiting.pop(); source !== undefined; source = waiting.pop()) {
    if (written.has(source)) continue;
    written.add(source);
    const text = emitted.get(source);
    if (text === undefined) throw new CommandError(`${entry}: there are no types of ${source}.`);
    const target = join(outDir, `${place(source)}.d.ts`);
    const from = source;
    const own = text.replace(
      /(\bfrom |\bimport\()['"]([^'"]+)['"]/g,
      (_, before: string, path: string) => {
        const named = sourceOf(path, from);
        if (!emitted.has(named)) {
          throw new CommandError(`${from}: the types of a package must not name ${path}.`);
        }
        waiting.push(named);
        return `${before}'${relativePath(place(from), place(named))}'`;
      },
    );
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, own);
  }
  return [...written].map((source) => `${place(source)}.d.ts`);
}

/** By source, from the root and without its ending. */
function emit(project: string, entry: string): Map<string, string> {
  const file = join(root, project);
  const read = ts.readConfigFile(file, (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent(read.config, ts.sys, dirname(file));
  const program = ts.createProgram([join(root, `${entry}.ts`)], {
    ...options,
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    rootDir: root,
    outDir: root,
    typeRoots: [join(root, 'node_modules/@types'), join(root, 'node_modules')],
  });
  const emitted = new Map<string, string>();
  const { diagnostics } = program.emit(undefined, (path, text) => {
    const source = relative(root, path).split(sep).join('/');
    emitted.set(source.replace(/\.d\.ts$/, ''), text.replaceAll('\r\n', '\n'));
  });
  const problems = [...ts.getPreEmitDiagnostics(program), ...diagnostics];
  const [first] = problems;
  if (first !== undefined) {
    throw new CommandError(ts.flattenDiagnosticMessageText(first.messageText, '\n'));
  }
  return emitted;
}

function sourceOf(path: string, from: string): string {
  if (path.startsWith(DOOR)) return `cloudfunctions/${path.slice(DOOR.length)}`;
  return posix.join(posix.dirname(from), path);
}

function relativePath(from: string, to: string): string {
  const path = posix.relative(posix.dirname(from), to);
  return path.startsWith('.') ? path : `./${path}`;
}
