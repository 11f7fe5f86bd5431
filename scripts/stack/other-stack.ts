import type { ShownProject } from '#preview';
import { createLocalCloud, type CollectionSetup, type LocalCloud } from '#local-cloud';
import { startStack, type Stack } from './stack';

interface OtherStackOptions {
  /** Whose mini program it is. */
  project: ShownProject;
  /** Holds app.json. */
  miniprogramDir: string;
  /** Not where it has no functions. */
  functionsDir?: string;
  collections: readonly (string | CollectionSetup)[];
  /** Of the preview and of the cloud. 0, the default, takes any free one. */
  port?: number;
  cloudPort?: number;
  /** Where the cloud keeps its state. */
  dataDir: string;
  /** What functions print, a line at a time. */
  onLog?: (line: string) => void;
  /** Receives a line for each thing in the mini program that is not as it should be. */
  onWarning?: (line: string) => void;
}

/** Somebody else's mini program with its functions. Nothing is written into its folder. */
export function startOtherStack(options: OtherStackOptions): Promise<Stack<LocalCloud>> {
  const { project, miniprogramDir, functionsDir, collections, dataDir, onLog, onWarning } = options;
  return startStack({
    project,
    miniprogramDir,
    port: options.port ?? 0,
    ...(onWarning && { onWarning }),
    startCloud: () =>
      createLocalCloud({
        port: options.cloudPort ?? 0,
        dataDir,
        ...(functionsDir !== undefined && { functionsDir }),
        collections,
        ...(onLog && { onLog }),
      }),
  });
}
