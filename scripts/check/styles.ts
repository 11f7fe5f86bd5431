/** Every WXSS follows .stylelintrc.json. The gate `compile` checks syntax and selectors. */
import { relative } from 'node:path';
import type { Problem } from '../miniprogram-files/compile-error';
import { root } from '../project/root';

/** @param dir the mini program's sources */
export async function checkStyles(dir: string): Promise<Problem[]> {
  const { default: stylelint } = await import('stylelint');
  const { results } = await stylelint.lint({
    // From the folder: its own path may hold what a pattern would read as one of its signs.
    files: '**/*.wxss',
    cwd: dir,
    configFile: `${root}/.stylelintrc.json`,
  });
  return results.flatMap(({ source = '', warnings }) =>
    warnings.map(({ line, column, text }) => ({
      file: relative(dir, source).replaceAll('\\', '/'),
      line,
      column,
      message: text,
    })),
  );
}
