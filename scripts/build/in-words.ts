/** What whoever follows the sources tells in the terminal: a line a build. */
import { CommandError } from '../lib/command-error';
import { BuildError, type BuildProblem } from './build-error';

const SHOWN = 2;

/** e.g. `miniprogram/a.wxml, miniprogram/a.wxss and 2 more: built in 45 ms` */
export function changeInWords(sources: readonly string[], durationMs: number): string {
  if (sources.length === 0) return `Built in ${durationMs.toFixed(0)} ms`;
  const shown = sources.slice(0, SHOWN).join(', ');
  const others = sources.length - SHOWN;
  return `${shown}${others > 0 ? ` and ${others} more` : ''}: built in ${durationMs.toFixed(0)} ms`;
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
  return [{ file: 'cloudfunctions/resources.json', message }];
}
