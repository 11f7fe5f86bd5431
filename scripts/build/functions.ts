import { existsSync } from 'node:fs';
import { readdir, rm, writeFile } from 'node:fs/promises';
import { build } from 'esbuild';
import { CommandError } from '../lib/command-error';
import type { FunctionResource } from '../project/resources';
import { computedModules } from './computed-modules';
import { lazyModules } from './lazy-modules';

/** The oldest runtime that the cloud offers for new functions. */
export const FUNCTION_TARGET = 'node16';

/**
 * Every folder with an `index.ts` becomes a deployable function: one file with its dependencies
 * inside, and the two JSON files that WeChat DevTools reads.
 *
 * @param version of the functions' packages
 * @throws CommandError when the folders and the functions are not the same
 */
export async function buildFunctions(
  sourceDir: string,
  functions: readonly FunctionResource[],
  outDir: string,
  version: string,
): Promise<void> {
  const folders = await readdir(sourceDir);
  const written = folders.filter((name) => existsSync(`${sourceDir}/${name}/index.ts`));
  const described = functions.map(({ name }) => name);
  const [first] = [
    ...written.filter((name) => !described.includes(name)),
    ...described.filter((name) => !written.includes(name)),
  ];
  if (first !== undefined) {
    throw new CommandError(
      written.includes(first)
        ? `resources.json does not describe the function ${first}.`
        : `resources.json describes the function ${first}, and there is no ${first}/index.ts.`,
    );
  }
  await rm(outDir, { recursive: true, force: true });
  await Promise.all(
    functions.map((resource) =>
      buildFunction(
        `${sourceDir}/${resource.name}`,
        resource,
        `${outDir}/${resource.name}`,
        version,
      ),
    ),
  );
}

async function buildFunction(
  sourceDir: string,
  resource: FunctionResource,
  outDir: string,
  version: string,
): Promise<void> {
  await bundle(`${sourceDir}/index.ts`, `${outDir}/index.js`);
  const files = { 'config.json': configOf(resource), 'package.json': packageOf(resource, version) };
  for (const [name, content] of Object.entries(files)) {
    await writeFile(`${outDir}/${name}`, `${JSON.stringify(content, undefined, 2)}\n`);
  }
}

/** What functions of other projects require: `withSession`, with the SDK inside. */
export function buildLibrary(sourceDir: string, outDir: string): Promise<void> {
  return bundle(`${sourceDir}/shared/session/library.ts`, `${outDir}/with-session.js`);
}

async function bundle(entryPoint: string, outfile: string): Promise<void> {
  await build({
    entryPoints: [entryPoint],
    outfile,
    bundle: true,
    platform: 'node',
    target: FUNCTION_TARGET,
    format: 'cjs',
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'none',
    logLevel: 'warning',
    plugins: [computedModules, lazyModules({ target: FUNCTION_TARGET })],
  });
}

/** DevTools reads it when it creates a function; later, only `permissions` counts. */
function configOf(resource: FunctionResource): object {
  const { permissions, memoryMb, timeoutSeconds, variables, timer } = resource;
  return {
    permissions,
    timeout: timeoutSeconds,
    memorySize: memoryMb,
    ...(Object.keys(variables).length > 0 && { envVariables: variables }),
    ...(timer && { triggers: [{ name: timer.name, type: 'timer', config: timer.cron }] }),
  };
}

function packageOf({ name, description }: FunctionResource, version: string): object {
  return {
    name,
    version,
    private: true,
    description: `${description} index.js holds everything it needs: there is nothing to install.`,
    main: 'index.js',
  };
}
