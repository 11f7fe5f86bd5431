import { parseArgs } from 'node:util';

/** The command line is wrong. The message says how. */
export class UsageError extends Error {}

type Options = NonNullable<NonNullable<Parameters<typeof parseArgs>[0]>['options']>;
type Values<O extends Options> = ReturnType<
  typeof parseArgs<{ args: string[]; options: O }>
>['values'];

/** The values of the options. @throws UsageError for what is none of them */
export function parseOptions<const O extends Options>(
  args: readonly string[],
  options: O,
): Values<O> {
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : String(cause));
  }
}

const ENDED_EARLY = 1;
const USED_WRONGLY = 2;

/**
 * Runs a command to its end. Where the program stops before that, e.g. because nothing is left to wait for, it has failed.
 *
 * @param usage shown where the command line is wrong
 * @param main resolves to the exit code; nothing is 0
 * @param explain a failure that needs no stack, in a sentence
 */
export async function runCommand(
  usage: string,
  main: (args: readonly string[]) => Promise<number | undefined>,
  explain: (error: unknown) => string | undefined = () => undefined,
): Promise<void> {
  process.exitCode = ENDED_EARLY;
  try {
    process.exitCode = (await main(process.argv.slice(2))) ?? 0;
  } catch (error) {
    const known =
      error instanceof UsageError ? `${error.message}\n\nUsage: ${usage}` : explain(error);
    process.exitCode = error instanceof UsageError ? USED_WRONGLY : ENDED_EARLY;
    console.error(known ?? error);
    // What was begun and left open keeps no failed command alive.
    process.exit();
  }
}
