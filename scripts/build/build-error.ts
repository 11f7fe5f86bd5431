import { formatMessagesSync, type BuildFailure, type Message } from 'esbuild';
import { isColoured } from '../lib/colours';
import { CommandError } from '../lib/command-error';
import { JsonSyntaxError } from '../project/parse-json';

/** One thing that is wrong in a source. */
export interface BuildProblem {
  /** Inside the project, with slashes. */
  file: string;
  /** From 1. */
  line?: number;
  column?: number;
  message: string;
}

/** The sources do not compile: nothing was put in place. The message shows each place. */
export class BuildError extends CommandError {
  override readonly name = 'BuildError';

  constructor(
    readonly problems: readonly BuildProblem[],
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** What is wrong in one file of the project, which `run` reads, with its place where that is known. */
export function inFile<Result>(file: string, run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    const { cause, message } = error;
    const problem = problemInFile(file, cause instanceof JsonSyntaxError ? cause : error);
    throw new BuildError([problem], message, { cause: error });
  }
}

/** With its place, where the error tells it. */
export function problemInFile(file: string, error: Error): BuildProblem {
  if (!(error instanceof JsonSyntaxError)) return { file, message: error.message };
  const { line, column, what } = error;
  return { file, line, column, message: what };
}

/** What several parts of a build say, as one. Errors of another kind go first, as they are. */
export function joined(errors: readonly unknown[]): unknown {
  const other = errors.find((error) => !(error instanceof BuildError));
  if (other !== undefined) return other;
  const failures = errors.filter((error) => error instanceof BuildError);
  if (failures.length <= 1) return failures[0];
  return new BuildError(
    failures.flatMap(({ problems }) => problems),
    failures.map(({ message }) => message).join('\n'),
  );
}

/** Of what esbuild rejects with, its `absWorkingDir` the root; anything else stays as it is. */
export function explained(error: unknown): unknown {
  if (!isBuildFailure(error)) return error;
  const problems = error.errors.map(problemOf);
  return new BuildError(problems, inWords(error.errors, 'error'), { cause: error });
}

/** With the lines of the source, as esbuild shows them; but columns from 1, as all other tools count. */
export function inWords(messages: readonly Message[], kind: 'error' | 'warning'): string {
  const color = isColoured(process.stderr, process.env);
  const texts = messages.map((message) => {
    const [shown = ''] = formatMessagesSync([message], { kind, color });
    if (message.location === null) return shown;
    const { file, line, column } = message.location;
    return shown.replace(`${file}:${line}:${column}:`, () => `${file}:${line}:${column + 1}:`);
  });
  return texts.join('').trimEnd();
}

function problemOf({ text, location }: Message): BuildProblem {
  if (location === null) return { file: '', message: text };
  return {
    file: location.file,
    line: location.line,
    column: location.column + 1,
    message: text,
  };
}

/** esbuild gives it no class. */
function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && 'errors' in error && 'warnings' in error;
}
