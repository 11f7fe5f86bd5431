import { resolve } from 'node:path';
import { readAppConfig } from './compile/app-config';
import { MiniprogramCompileError, type Problem } from '../miniprogram-files/compile-error';
import { readComponentGraph } from '../miniprogram-files/component-graph';
import { stringMapOf } from '../miniprogram-files/json';
import { readJsonFile } from '../miniprogram-files/read-file';
import { CompileMemory } from './compile/memory';
import { scriptPlaces, scriptSourceMap, scriptText } from './compile/script-text';
import { compileScripts } from './compile/scripts';
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
  /** What WeChat would run all the same, or say only when it comes to it. */
  warnings: readonly Problem[];
  /** The same script, line by line, with config.js exporting these settings instead of its own. */
  scriptWith(settings: object): string;
}

/**
 * A built mini program (`dist/miniprogram/`) as one script and one style sheet for a browser.
 *
 * @param memory given again, only what changed is compiled
 *
 * @throws MiniprogramCompileError
 */
export async function compileMiniprogram(
  miniprogramDir: string,
  memory = new CompileMemory(),
): Promise<CompiledMiniprogram> {
  const dir = resolve(miniprogramDir);
  const app = await readJsonFile(dir, 'app.json');
  if (app === undefined) {
    throw new MiniprogramCompileError([{ file: 'app.json', message: `is missing in ${dir}` }]);
  }
  const aliases = stringMapOf(app['resolveAlias']);
  const components = await readComponentGraph(dir, app);
  const paths = components.map(({ path }) => path);
  const [config, templates, css, { scripts, warnings }] = await Promise.all([
    readAppConfig(dir, app, components),
    compileTemplates(dir, paths),
    compileStyles(dir, components),
    compileScripts(dir, paths, aliases, memory),
  ]);
  const head = `{
config: ${JSON.stringify(config)},
templates: ${templates},
modules: `;
  const before = head.split('\n').length - 1;
  const tail = `,
places: ${JSON.stringify(scriptPlaces(scripts, before))},
stack: new Error().stack
}`;
  const bundle = (settings?: object): string => `${head}${scriptText(scripts, settings)}${tail}`;
  return {
    script: bundle(),
    sourceMap: scriptSourceMap(scripts, before),
    css,
    warnings,
    scriptWith: bundle,
  };
}
