/** What whoever follows the sources tells in the terminal: a line a build. */
import { CommandError } from '../lib/command-error';
import { text } from '../lib/language';
import { BuildError, type BuildProblem } from './build-error';

const SHOWN = 2;

/** e.g. `miniprogram/a.wxml, miniprogram/a.wxss and 2 more: built in 45 ms` */
export function changeInWords(sources: readonly string[], durationMs: number): string {
  const time = durationMs.toFixed(0);
  if (sources.length === 0)
    return text({ zh: `构建完成，用时 ${time} 毫秒`, en: `Built in ${time} ms` });
  const shown = sources.slice(0, SHOWN).join(', ');
  const others = sources.length - SHOWN;
  return text({
    zh: `${shown}${others > 0 ? ` 等 ${sources.length} 个文件` : ''}：已重新构建，用时 ${time} 毫秒`,
    en: `${shown}${others > 0 ? ` and ${others} more` : ''}: built in ${time} ms`,
  });
}

/** With the places in the sources, where it has any. A stack only of what is a bug. */
export function failureInWords(error: unknown): string {
  if (error instanceof CommandError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** For a page that shows them. */
export function problemsOf(error: unknown): readonly BuildProblem[] {
  if (error instanceof BuildError) return error.problems;
  const message = error instanceof Error ? error.message : String(error);
  return [{ file: '', message }];
}
