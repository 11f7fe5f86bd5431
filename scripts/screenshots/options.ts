import { parseArgs } from 'node:util';

export interface ScreenshotOptions {
  outDir: string;
  /** Whether the picture in the README is replaced too. */
  readme: boolean;
  /** Take only the shots whose names contain this. */
  only: string;
}

/** The command line is wrong. The message says how. */
export class UsageError extends Error {}

export const USAGE = 'npm run screenshots -- [--out dist/screenshots] [--only NAME] [--readme]';

export function readScreenshotOptions(args: readonly string[]): ScreenshotOptions {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        out: { type: 'string', default: 'dist/screenshots' },
        only: { type: 'string', default: '' },
        readme: { type: 'boolean', default: false },
      },
    });
    return { outDir: values.out, only: values.only, readme: values.readme };
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : String(cause));
  }
}
