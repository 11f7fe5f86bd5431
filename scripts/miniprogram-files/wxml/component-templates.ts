import { MiniprogramCompileError } from '../compile-error';
import { readComponentGraph, type ComponentSource } from '../component-graph';
import { pathFromRoot } from '../path-from-root';
import { readAppJson, readTextFile } from '../read-file';
import { parseWxml, type Wxml } from './parse-wxml';

/** A page or component with all the WXML it shows: its own, and what that imports or includes. */
export interface ComponentTemplates extends ComponentSource {
  templates: readonly Wxml[];
}

export async function readComponentTemplates(dir: string): Promise<ComponentTemplates[]> {
  const app = await readAppJson(dir);
  const { components, problems } = await readComponentGraph(dir, app);
  if (problems.length > 0) throw new MiniprogramCompileError(problems);
  return Promise.all(
    components.map(async (source) => ({
      ...source,
      templates: await readTemplates(dir, `${source.path}.wxml`),
    })),
  );
}

async function readTemplates(dir: string, first: string): Promise<Wxml[]> {
  const found = new Map<string, Wxml>();
  const waiting = [first];
  for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
    if (found.has(file)) continue;
    const source = await readTextFile(dir, file);
    if (source === undefined) {
      throw new MiniprogramCompileError([{ file, message: `is missing; ${first} imports it` }]);
    }
    const wxml = parseWxml(file, source);
    found.set(file, wxml);
    waiting.push(...importsOf(wxml));
  }
  return [...found.values()];
}

function importsOf({ file, tags }: Wxml): string[] {
  return tags
    .filter(({ name }) => name === 'import' || name === 'include')
    .flatMap(({ attributes }) => attributes.filter(({ name }) => name === 'src'))
    .map(({ value }) => pathFromRoot(value.endsWith('.wxml') ? value : `${value}.wxml`, file));
}
