/** Everything that is deployed, and the libraries for other projects. */
import { createBuilder, type BuildOptions, type BuildReport } from './builder';

export { TARGET as FUNCTION_TARGET } from './sdk';

export { createBuilder, type Builder, type BuildReport } from './builder';
export { changeInWords, failureInWords, problemsOf } from './in-words';
export { followSources } from './follow';

/**
 * @throws CommandError where resources.json is not valid, or the sources do not compile: what was
 * built before stays as it is
 */
export async function build(options: BuildOptions = {}): Promise<BuildReport> {
  const builder = createBuilder(options);
  try {
    return await builder.build();
  } finally {
    await builder.close();
  }
}
