import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { relative, sep } from 'node:path';
import type { BuildOptions, OutputFile, Plugin } from 'esbuild';
import { CommandError } from '../lib/command-error';
import { text } from '../lib/language';
import type { FunctionResource } from '../project/resources';
import { jsonFile, textFile, type BuiltFile } from './built-file';
import { joined } from './build-error';
import { computedModules } from './computed-modules';
import type { Incremental } from './incremental';
import { RARE_FILE } from './lazy-modules';
import { bundleSdk, SDK, SDK_FILE, TARGET, type SdkFiles } from './sdk';

/** Beside the folder of functions, and so never in what is uploaded of a function. */
const MAPS = 'source-maps';

interface FunctionSources {
  /** `cloudfunctions/`. */
  dir: string;
  /** What `resources.json` describes. */
  functions: readonly FunctionResource[];
  /** Of the functions' packages. */
  version: string;
  /** `dist/`: where what is returned will be. Maps name the sources from there. */
  outDir: string;
}

/**
 * Every folder with an `index.ts` becomes a deployable function: its own code in `index.js`, the SDK
 * in the same two files beside each, and the two JSON files that WeChat DevTools reads.
 *
 * @throws BuildError; CommandError when the folders and the functions are not the same
 */
export async function buildFunctions(
  esbuild: Incremental,
  { dir, functions, version, outDir }: FunctionSources,
): Promise<BuiltFile[]> {
  await requireSame(dir, functions);
  const [sdk, code] = await both(
    bundleSdk(),
    esbuild.build({ ...optionsFor(dir, functions), outdir: `${outDir}/cloudfunctions` }),
  );
  const outputs = new Map(code.map((file) => [nameIn(`${outDir}/cloudfunctions`, file), file]));
  return functions.flatMap((resource) => filesOf(resource, version, sdk, outputs));
}

/** Waits for both, so that what is wrong in either is said. */
async function both<A, B>(first: Promise<A>, second: Promise<B>): Promise<[A, B]> {
  const [a, b] = await Promise.allSettled([first, second]);
  if (a.status === 'fulfilled' && b.status === 'fulfilled') return [a.value, b.value];
  throw joined([a, b].flatMap((end) => (end.status === 'rejected' ? [end.reason as unknown] : [])));
}

async function requireSame(dir: string, functions: readonly FunctionResource[]): Promise<void> {
  const folders = await readdir(dir);
  const written = folders.filter((name) => existsSync(`${dir}/${name}/index.ts`));
  const described = functions.map(({ name }) => name);
  const [first] = [
    ...written.filter((name) => !described.includes(name)),
    ...described.filter((name) => !written.includes(name)),
  ];
  if (first === undefined) return;
  throw new CommandError(
    written.includes(first)
      ? text({
          zh: `resources.json 没有描述云函数 ${first}。`,
          en: `resources.json does not describe the function ${first}.`,
        })
      : text({
          zh: `resources.json 描述了云函数 ${first}，却没有 ${first}/index.ts。`,
          en: `resources.json describes the function ${first}, and there is no ${first}/index.ts.`,
        }),
  );
}

function optionsFor(
  dir: string,
  functions: readonly FunctionResource[],
): BuildOptions & { write: false } {
  return {
    entryPoints: Object.fromEntries(
      functions.map(({ name }) => [`${name}/index`, `${dir}/${name}/index.ts`]),
    ),
    bundle: true,
    platform: 'node',
    target: TARGET,
    format: 'cjs',
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'none',
    sourcemap: 'external',
    // The sources are on the machine that reads the maps.
    sourcesContent: false,
    write: false,
    plugins: [sdkBeside, computedModules],
  };
}

const sdkBeside: Plugin = {
  name: 'sdk-beside',
  setup(bundler) {
    bundler.onResolve({ filter: new RegExp(`^${SDK}$`) }, () => ({
      path: `./${SDK_FILE}`,
      external: true,
    }));
  },
};

/** The code in the order in which it is loaded, backwards. */
function filesOf(
  resource: FunctionResource,
  version: string,
  sdk: SdkFiles,
  outputs: ReadonlyMap<string, OutputFile>,
): BuiltFile[] {
  const { name } = resource;
  const folder = `cloudfunctions/${name}`;
  const map = `${MAPS}/${name}/index.js.map`;
  const [code, itsMap] = ['index.js', 'index.js.map'].map((file) => outputs.get(`${name}/${file}`));
  if (code === undefined || itsMap === undefined) throw new Error(`esbuild made no ${name}.`);
  return [
    // As deep as the code, so that the sources have the same path from there.
    { path: map, content: itsMap.contents },
    jsonFile(`${folder}/config.json`, configOf(resource)),
    jsonFile(`${folder}/package.json`, packageOf(resource, version)),
    { path: `${folder}/${RARE_FILE}`, content: sdk[RARE_FILE] },
    { path: `${folder}/${SDK_FILE}`, content: sdk[SDK_FILE] },
    {
      ...textFile(`${folder}/index.js`, `${code.text}//# sourceMappingURL=../../${map}\n`),
      isEntry: true,
    },
  ];
}

function nameIn(dir: string, { path }: OutputFile): string {
  return relative(dir, path).split(sep).join('/');
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
    description: `${description} The SDK stands beside index.js: there is nothing to install.`,
    main: 'index.js',
  };
}
