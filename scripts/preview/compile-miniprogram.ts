import { resolve } from 'node:path';
import { readAppConfig } from './compile/app-config';
import { MiniprogramCompileError } from '../miniprogram-files/compile-error';
import { readComponentGraph } from '../miniprogram-files/component-graph';
import { readJsonFile } from '../miniprogram-files/read-file';
import { compileScripts } from './compile/scripts';
import { compileStyles } from './compile/styles';
import { compileTemplates } from './compile/templates';

export { MiniprogramCompileError } from '../miniprogram-files/compile-error';

export interface CompiledMiniprogram {
  /** A JavaScript expression whose value is a `MiniprogramBundle`. */
  script: string;
  css: string;
  /** The same with config.js exporting these settings instead of its own. */
  scriptWith(settings: object): Promise<string>;
}

/**
 * A built mini program (`dist/miniprogram/`) as one script and one style sheet for a browser.
 *
 * @throws MiniprogramCompileError
 */
export async function compileMiniprogram(miniprogramDir: string): Promise<CompiledMiniprogram> {
  const dir = resolve(miniprogramDir);
  const app = await readJsonFile(dir, 'app.json');
  if (app === undefined) {
    throw new MiniprogramCompileError([{ file: 'app.json', message: `is missing in ${dir}` }]);
  }
  const components = await readComponentGraph(dir, app);
  const paths = components.map(({ path }) => path);
  const [config, templates, css, run] = await Promise.all([
    readAppConfig(dir, app, components),
    compileTemplates(dir, paths),
    compileStyles(dir, components),
    compileScripts(dir, paths),
  ]);
  const bundle = (scripts: string): string =>
    `{\nconfig: ${JSON.stringify(config)},\ntemplates: ${templates},\nrun: ${scripts}\n}`;
  return {
    script: bundle(run),
    css,
    scriptWith: async (settings) => bundle(await compileScripts(dir, paths, settings)),
  };
}
