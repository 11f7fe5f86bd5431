import { resolve } from 'node:path';
import { readAppConfig } from './compile/app-config';
import { MiniprogramCompileError, type Problem } from '../miniprogram-files/compile-error';
import {
  readComponentGraph,
  type ComponentGraph,
  type ComponentSource,
} from '../miniprogram-files/component-graph';
import { stringMapOf, type Json } from '../miniprogram-files/json';
import { readAppJson, type ReadText } from '../miniprogram-files/read-file';
import { CompileMemory } from './compile/memory';
import { scriptPlaces, scriptSourceMap, scriptText } from './compile/script-text';
import { compileScripts, type CompiledScript } from './compile/scripts';
import { SourceFiles } from './compile/source-files';
import { compileStyles } from './compile/styles';
import { compileTemplates } from './compile/templates';

export { MiniprogramCompileError } from '../miniprogram-files/compile-error';
export { CompileMemory } from './compile/memory';

export interface CompiledMiniprogram {
  /**
   * A JavaScript expression whose value is a `MiniprogramBundle`. It belongs into a script, not into
   * a module: those are always strict, and WeChat's scripts are not.
   */
  script: string;
  /** For a file of which `script` begins in the first line. A source map, in JSON. */
  sourceMap: string;
  css: string;
  /** What WeChat advises against, says only when it comes to it, or refuses though there is something to show. */
  warnings: readonly Problem[];
  /** The same script, line by line, with config.js exporting these settings instead of its own. */
  scriptWith(settings: object): string;
}

/**
 * A built mini program (`dist/miniprogram/`) as one script and one style sheet for a browser.
 *
 * @param memory given again, only what changed is compiled
 * @param sources what is in the folder. Default: what is in it now
 *
 * @throws MiniprogramCompileError
 */
export async function compileMiniprogram(
  miniprogramDir: string,
  memory = new CompileMemory(),
  sources: Pick<SourceFiles, 'text' | 'codeVersion'> = SourceFiles.read(miniprogramDir),
): Promise<CompiledMiniprogram> {
  const { text } = sources;
  const app = await readAppJson(text, `is missing in ${resolve(miniprogramDir)}`);
  const { codeVersion } = sources;
  const graph = await memory.rememberLater('graph', codeVersion, () =>
    readComponentGraph(text, app),
  );
  const compiling = memory.rememberLater('code', codeVersion, () =>
    compileCode(text, app, graph, memory),
  );
  const components = compiling.then(
    (compiled) => compiled.components,
    // What is wrong with their styles is told too.
    () => graph.components,
  );
  const [code, styles] = await all([
    compiling,
    components.then((found) => compileStyles(text, found, memory)),
  ]);
  const { bundle, sourceMap } = code;
  return {
    script: bundle(),
    sourceMap,
    css: styles.css,
    warnings: [...code.warnings, ...styles.warnings],
    scriptWith: bundle,
  };
}

interface CompiledCode extends Pick<CompiledMiniprogram, 'sourceMap' | 'warnings'> {
  components: readonly ComponentSource[];
  bundle: (settings?: object) => string;
}

/** Everything but the styles. */
async function compileCode(
  read: ReadText,
  app: Json,
  graph: ComponentGraph,
  memory: CompileMemory,
): Promise<CompiledCode> {
  const aliases = stringMapOf(app['resolveAlias']);
  const paths = graph.components.map(({ path }) => path);
  const [templates, { scripts, warnings }] = await all([
    compileTemplates(read, paths),
    compileScripts(read, paths, aliases, memory),
  ]);
  const components = graph.components.map((component) => withScript(component, scripts));
  const config = await readAppConfig(read, app, components);
  const head = `{
config: ${JSON.stringify(config)},
templates: ${templates.code},
modules: `;
  const before = head.split('\n').length - 1;
  const tail = `,
places: ${JSON.stringify(scriptPlaces(scripts, before))},
stack: new Error().stack
}`;
  return {
    components,
    bundle: (settings) => `${head}${scriptText(scripts, settings)}${tail}`,
    sourceMap: scriptSourceMap(scripts, before),
    warnings: [...graph.problems, ...templates.warnings, ...warnings],
  };
}

/** Waits for each, so that the problems of all are told. */
async function all<T extends readonly Promise<unknown>[]>(
  steps: readonly [...T],
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  const problems: Problem[] = [];
  for (const step of await Promise.allSettled(steps)) {
    if (step.status === 'fulfilled') continue;
    if (!(step.reason instanceof MiniprogramCompileError)) throw step.reason;
    problems.push(...step.reason.problems);
  }
  if (problems.length > 0) throw new MiniprogramCompileError(problems);
  return Promise.all(steps);
}

/** A script may say that its component shares its styles. */
function withScript(source: ComponentSource, scripts: readonly CompiledScript[]): ComponentSource {
  const { path, entry } = source;
  const script = scripts.find(({ file }) => file === `${path}.js` || file === `${path}.ts`);
  if (script?.sharesStyles !== true || entry.isPage) return source;
  const { styleScope: _, ...rest } = entry;
  return { ...source, entry: { ...rest, styleIsolation: 'shared' } };
}
