import { parseOptions } from '../lib/command-line';

export interface ScreenshotOptions {
  outDir: string;
  /** Whether the picture in the README is replaced too. */
  readme: boolean;
  /** Take only the shots whose names contain this. */
  only: string;
}

export const USAGE = 'npm run screenshots -- [--out dist/screenshots] [--only NAME] [--readme]';

export function readScreenshotOptions(args: readonly string[]): ScreenshotOptions {
  const { out, only, readme } = parseOptions(args, {
    out: { type: 'string', default: 'dist/screenshots' },
    only: { type: 'string', default: '' },
    readme: { type: 'boolean', default: false },
  });
  return { outDir: out, only, readme };
}
