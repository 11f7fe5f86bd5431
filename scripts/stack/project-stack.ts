import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLocalCloud, type LocalCloud } from '#local-cloud';
import { readResources } from '../project/resources';
import { summariseResult } from '../project/result-summary';
import { root } from '../project/root';
import { startStack, type Stack } from './stack';

interface ProjectStackOptions {
  /** Of the preview and of the cloud. 0, the default, takes any free one. */
  port?: number;
  cloudPort?: number;
  /** Where the cloud keeps its state. */
  dataDir: string;
  /** Where the compiled preview goes. Emptied first. */
  assetsDir: string;
  /** What functions print, a line at a time. */
  onLog?: (line: string) => void;
}

/** This project, as `npm run build` left it in dist/. */
export function startProjectStack(options: ProjectStackOptions): Promise<Stack<LocalCloud>> {
  const { port = 0, cloudPort = 0, dataDir, assetsDir, onLog } = options;
  const { collections } = readResources(`${root}/cloudfunctions/resources.json`);
  return startStack({
    miniprogramDir: `${root}/dist/miniprogram`,
    assetsDir,
    port,
    startCloud: (functionVariables) =>
      createLocalCloud({
        // What has expired stays in sight: the sweep is called by hand.
        timers: false,
        port: cloudPort,
        dataDir,
        functionsDir: `${root}/dist/cloudfunctions`,
        collections,
        functionVariables,
        summarise: summariseResult,
        ...(onLog && { onLog }),
      }),
  });
}

/** This project on free ports, with an empty cloud. Everything is deleted when it is closed. */
export async function startTemporaryStack(): Promise<Stack<LocalCloud>> {
  const folder = await mkdtemp(join(tmpdir(), 'stack-'));
  const removeFolder = (): Promise<void> => rm(folder, { recursive: true });
  try {
    const stack = await startProjectStack({
      dataDir: join(folder, 'data'),
      assetsDir: join(folder, 'preview'),
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
