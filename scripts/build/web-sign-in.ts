/** What a web page loads to sign people in by their phone: a module, and its types. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { build } from 'esbuild';
import { transpileDeclaration } from 'typescript';

/** Browsers of the last five years. */
const TARGET = 'es2020';

export async function buildWebSignIn(sourceDir: string, outDir: string): Promise<void> {
  const source = `${sourceDir}/index.ts`;
  await mkdir(outDir, { recursive: true });
  await build({
    entryPoints: [source],
    outfile: `${outDir}/web-sign-in.js`,
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: TARGET,
    minify: true,
    legalComments: 'none',
    logLevel: 'warning',
  });
  // What is public stands in one file, so that its declarations need no other.
  const { outputText } = transpileDeclaration(await readFile(source, 'utf8'), {
    compilerOptions: { isolatedDeclarations: true, declaration: true },
  });
  await writeFile(`${outDir}/web-sign-in.d.ts`, outputText);
}
