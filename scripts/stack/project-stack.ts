import { join } from 'node:path';
import { createLocalCloud, type LocalCloud } from '#local-cloud';
import { makeTemporaryFolder } from '../lib/temporary-folder';
import { builtDir } from '../project/built-dir';
import { localKeys } from '../project/identity-key';
import { readResources } from '../project/resources';
import { summariseResult } from '../project/result-summary';
import { root } from '../project/root';
import { startStack, type Stack } from './stack';

interface ProjectStackOptions {
  /** Of the preview and of the cloud. 0, the default, takes any free one. */
  port?: number;
  cloudPort?: number;
  /** Takes what `build({ signInMethods })` made. Default: what `build()` made. */
  signInMethods?: string;
  /** Where the cloud keeps its state. */
  dataDir: string;
  /** What functions print, a line at a time. */
  onLog?: (line: string) => void;
  /** Receives a line for each thing in the mini program that is not as it should be. */
  onWarning?: (line: string) => void;
}

/** This project, as it was built. */
export function startProjectStack(options: ProjectStackOptions): Promise<Stack<LocalCloud>> {
  const { port = 0, cloudPort = 0, signInMethods, dataDir, onLog, onWarning } = options;
  const { collections, functions } = readResources(`${root}/cloudfunctions/resources.json`);
  const built = builtDir(signInMethods);
  return startStack({
    miniprogramDir: `${built}/miniprogram`,
    inProject: 'miniprogram',
    port,
    ...(onWarning && { onWarning }),
    startCloud: (providerVariables) =>
      createLocalCloud({
        // What has expired stays in sight: the sweep is called by hand.
        timers: false,
        port: cloudPort,
        dataDir,
        functionsDir: `${built}/cloudfunctions`,
        collections,
        functionVariables: { ...localKeys(functions), ...providerVariables },
        summarise: summariseResult,
        ...(onLog && { onLog }),
      }),
  });
}

/** This project on free ports, with an empty cloud. Everything is deleted when it is closed. */
export async function startTemporaryStack({
  signInMethods,
}: Pick<ProjectStackOptions, 'signInMethods'> = {}): Promise<Stack<LocalCloud>> {
  const { path: folder, remove: removeFolder } = await makeTemporaryFolder('stack-');
  try {
    const stack = await startProjectStack({
      ...(signInMethods !== undefined && { signInMethods }),
      dataDir: join(folder, 'data'),
    });
    return {
      ...stack,
      async close() {
        await stack.close();
        await removeFolder();
      },
    };
  } catch (error) {
    await removeFolder();
    throw error;
  }
}
