/** What is to be deployed: the description, the built code, and the variables of who deploys. */
import { existsSync } from 'node:fs';
import { CommandError } from '../lib/command-error';
import { text } from '../lib/language';
import type { FunctionResource, Resources } from '../project/resources';
import type { Cloud, CloudState, WantedFunction } from './cloud';
import { readCode } from './code';
import type { Wanted } from './plan';

type Variables = Readonly<Record<string, string | undefined>>;

/** What the cloud holds of what is wanted. */
export function readActual(
  cloud: Cloud,
  { functions, leftOut, collections }: Wanted,
): Promise<CloudState> {
  return cloud.read(
    [...functions.map(({ resource }) => resource), ...leftOut].map(({ name }) => name),
    collections.map(({ name }) => name),
  );
}

/**
 * @param root of the project
 * @param environment of who deploys: the only place that secrets come from
 * @throws CommandError when a function is not built
 */
export async function readWanted(
  root: string,
  { functions, collections }: Resources,
  environment: Variables,
): Promise<Wanted> {
  const leftOut: FunctionResource[] = [];
  const wanted: WantedFunction[] = [];
  for (const resource of functions) {
    const { name, secretVariables, onlyWith, variables } = resource;
    const secrets = Object.fromEntries(
      Object.entries(environment).flatMap(([key, value]) =>
        secretVariables !== undefined && key.startsWith(secretVariables) && value !== undefined
          ? [[key, value]]
          : [],
      ),
    );
    if (onlyWith !== undefined && !onlyWith.some((name) => environment[name])) {
      leftOut.push(resource);
      continue;
    }
    const dir = `${root}/dist/cloudfunctions/${name}`;
    if (!existsSync(`${dir}/index.js`))
      throw new CommandError(
        text({
          zh: `${dir} 还没有构建：请运行 npm run build。`,
          en: `${dir} is not built: run "npm run build".`,
        }),
      );
    const code = await readCode(dir);
    wanted.push({
      resource,
      variables: { ...variables, ...secrets },
      description: `${resource.description} (code ${code.fingerprint})`,
      zip: code.zip,
    });
  }
  return { functions: wanted, leftOut, collections };
}
