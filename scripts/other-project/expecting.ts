import { LocalCloudStartError, ProjectError } from '#local-cloud';
import { CommandError } from '../lib/command-error';

/** @throws CommandError for what is wrong in a project, and for what keeps a local cloud from starting */
export async function expecting<Result>(run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    const isExpected = error instanceof LocalCloudStartError || error instanceof ProjectError;
    throw isExpected ? new CommandError(error.message, { cause: error }) : error;
  }
}
