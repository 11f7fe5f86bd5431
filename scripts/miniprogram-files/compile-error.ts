import { CommandError } from '../lib/command-error';

/** One thing that is wrong in a file of the mini program. */
export interface Problem {
  /** Path inside the mini program. */
  file: string;
  /** From 1. */
  line?: number;
  column?: number;
  message: string;
}

/**
 * The mini program does not compile. The message lists every problem as
 * `file:line:column: what is wrong`.
 */
export class MiniprogramCompileError extends CommandError {
  override readonly name = 'MiniprogramCompileError';

  constructor(
    readonly problems: readonly Problem[],
    options?: ErrorOptions,
  ) {
    super(
      `The mini program does not compile:\n${problems.map((one) => `  ${describe(one)}`).join('\n')}`,
      options,
    );
  }
}

/** `file:line:column: what is wrong` */
export function describe({ file, line, column, message }: Problem): string {
  const place = [file, line, column].filter((part) => part !== undefined).join(':');
  return `${place}: ${message}`;
}
