/** The preview of a project, on a local cloud with its functions. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LocalCloud } from '#local-cloud';
import { MiniprogramCompileError } from '#preview';
import { CommandError } from '../lib/command-error';
import { startStack, type Stack } from '../stack/stack';
import type { ProjectFolder } from './project-folder';
import { serveProject, type ServedOptions } from './served';

interface PreviewedOptions extends ServedOptions {
  cloudPort: number;
}

/** @throws CommandError for a mini program that does not compile */
export async function servePreview(
  project: ProjectFolder,
  { port, cloudPort, ...served }: PreviewedOptions,
): Promise<Stack<LocalCloud>> {
  const assetsDir = await mkdtemp(join(tmpdir(), 'wechat-cloud-preview-'));
  const remove = (): Promise<void> => rm(assetsDir, { recursive: true, force: true });
  try {
    const stack = await startStack({
      miniprogramDir: project.miniprogramDir,
      assetsDir,
      port,
      startCloud: (functionVariables) =>
        serveProject(project, { ...served, port: cloudPort, functionVariables }),
    });
    return {
      ...stack,
      async close() {
        await stack.close();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    if (!(error instanceof MiniprogramCompileError)) throw error;
    throw new CommandError(error.message, { cause: error });
  }
}
