/** What a web page loads to sign people in by their phone: a module, and its types. */
import { readFile } from 'node:fs/promises';
import { build } from 'esbuild';
import { root } from '../project/root';
import { explained } from './build-error';
import { textFile, type BuiltFile } from './built-file';
import { onlyOutput } from './only-output';

/** Browsers of the last five years. */
const TARGET = 'es2020';

/** @throws BuildError */
export async function buildWebSignIn(sourceDir: string): Promise<BuiltFile[]> {
  const source = `${sourceDir}/index.ts`;
  const code = build({
    entryPoints: [source],
    absWorkingDir: root,
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: TARGET,
    minify: true,
    legalComments: 'none',
    logLevel: 'silent',
    write: false,
  });
  const [{ outputFiles }, types] = await Promise.all([code, declarationsOf(source)]).catch(
    (error: unknown) => {
      throw explained(error);
    },
  );
  return [
    { path: 'lib/web-sign-in.js', content: onlyOutput(outputFiles) },
    textFile('lib/web-sign-in.d.ts', types),
  ];
}

/** What is public stands in one file, so that its declarations need no other. */
async function declarationsOf(source: string): Promise<string> {
  // Half a second to load: only here, after the others have begun.
  const { transpileDeclaration } = await import('typescript');
  const { outputText } = transpileDeclaration(await readFile(source, 'utf8'), {
    compilerOptions: { isolatedDeclarations: true, declaration: true },
  });
  return outputText;
}
