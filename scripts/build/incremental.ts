import { context, type BuildContext, type BuildOptions, type OutputFile } from 'esbuild';
import { root } from '../project/root';
import { explained, inWords } from './build-error';

/** What esbuild has read stays parsed between two builds. */
export interface Incremental {
  /**
   * @throws BuildError
   */
  build(options: IncrementalOptions): Promise<OutputFile[]>;
  close(): Promise<void>;
}

type IncrementalOptions = BuildOptions & { write: false };

/** Other options than those of the build before begin anew: a page more, another way in. */
export function createIncremental(): Incremental {
  let kept: { key: string; context: BuildContext<IncrementalOptions> } | undefined;
  const drop = async (): Promise<void> => {
    const { context: old } = kept ?? {};
    kept = undefined;
    await old?.dispose();
  };
  return {
    async build(options) {
      // Of the plugins their names: they are the same ones.
      const key = JSON.stringify(options);
      if (kept?.key !== key) {
        await drop();
        // Places in messages are relative to it.
        const all = { ...options, absWorkingDir: root, logLevel: 'silent' as const };
        kept = { key, context: await context(all) };
      }
      try {
        const { outputFiles, warnings } = await kept.context.rebuild();
        if (warnings.length > 0) console.error(inWords(warnings, 'warning'));
        return outputFiles;
      } catch (error) {
        throw explained(error);
      }
    },
    close: drop,
  };
}
