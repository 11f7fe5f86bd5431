/** Declares commands with `commander`, and runs one from its arguments to its exit code. */
import { Command, CommanderError, Option } from 'commander';
import { CommandError, InterruptedError, UsageError } from './command-error';

const HIGHEST_PORT = 65_535;
const FAILED = 1;
const INTERRUPTED = 130;

/** npm has a word of its own for these. */
const WITHOUT_RUN = ['start', 'test'];

/**
 * Declares a command; its action sets `process.exitCode` or throws when it fails.
 *
 * @param name as npm knows it
 * @param description one sentence
 */
export function defineCommand(name: string, description: string): Command {
  return new Command(`npm ${WITHOUT_RUN.includes(name) ? name : `run ${name}`}`)
    .description(description)
    .helpOption('-h, --help', 'show this')
    .configureHelp({ commandUsage: usageOf })
    .configureOutput({ outputError: () => undefined })
    .exitOverride()
    .hook('preAction', refuseEmptyValues);
}

/** What a shell makes of a variable that is not set. @throws UsageError */
function refuseEmptyValues(command: Command): void {
  for (const option of command.options) {
    const value: unknown = command.getOptionValue(option.attributeName());
    if ([value].flat().some((text) => typeof text === 'string' && text.trim() === '')) {
      throw new UsageError(`${option.long ?? option.flags} must not be empty.`);
    }
  }
}

/** An option that takes a whole number. */
export function wholeNumber(
  flags: string,
  description: string,
  { min, max = Number.MAX_SAFE_INTEGER }: { min: number; max?: number },
): Option {
  const option = new Option(flags, description);
  return option.argParser((text) => {
    const value = Number(text);
    if (/^-?\d+$/.test(text) && value >= min && value <= max) return value;
    const range = max === Number.MAX_SAFE_INTEGER ? `from ${min}` : `from ${min} to ${max}`;
    throw new UsageError(`${option.long ?? flags} must be a whole number ${range}, not "${text}".`);
  });
}

/** An option that takes a port of 127.0.0.1; 0 stands for any that is free. */
export function port(flags: string, description: string, defaultPort: number): Option {
  return wholeNumber(flags, `${description}; 0: any that is free`, {
    min: 0,
    max: HIGHEST_PORT,
  }).default(defaultPort);
}

/** Reads the arguments and runs the action. @throws UsageError for wrong arguments */
export async function parseCommand(command: Command, args: readonly string[]): Promise<void> {
  try {
    await command.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.code !== 'commander.helpDisplayed') throw new UsageError(complaint(error, command));
  }
}

/** Runs a command to its end, and ends the process when it failed. */
export async function runCommand(command: Command, args: readonly string[]): Promise<void> {
  let ended = false;
  // Where nothing is left to wait for before the action has ended, it has failed.
  process.once('exit', () => {
    if (!ended) process.exitCode ??= FAILED;
  });
  // A command that listens too decides itself what an interruption means.
  process.on('SIGINT', () => {
    if (process.listenerCount('SIGINT') === 1) process.exit(INTERRUPTED);
  });
  try {
    await parseCommand(command, args);
    ended = true;
  } catch (error) {
    if (error instanceof InterruptedError) process.exit(error.exitCode);
    console.error(textFor(error, command));
    // What was begun and left open keeps no failed command alive.
    process.exit(error instanceof CommandError ? error.exitCode : FAILED);
  }
}

/** All commands, one a line with its description. */
export function listCommands(commands: readonly Command[]): string {
  const width = Math.max(...commands.map((command) => command.name().length));
  const lines = commands.map(
    (command) => `  ${command.name().padEnd(width)}  ${command.description()}`,
  );
  return `Commands:\n\n${lines.join('\n')}\n\nEach explains itself with "-- --help".`;
}

/** `npm start -- [--port 5180] [--no-build]`: each option, with its default if it has one. */
function usageOf(command: Command): string {
  const options = command.options.map(({ flags, long, required, defaultValue }) =>
    required && defaultValue !== undefined ? `[${long ?? flags} ${defaultValue}]` : `[${flags}]`,
  );
  const parameters = command.registeredArguments.map((argument) => {
    const name = argument.variadic ? `${argument.name()}...` : argument.name();
    return argument.required ? `<${name}>` : `[${name}]`;
  });
  const takes = [...options, ...parameters];
  return [command.name(), ...(takes.length > 0 ? ['--', ...takes] : [])].join(' ');
}

/** Commander's message; for surplus arguments, which it does not name, our own. */
function complaint({ code, message }: CommanderError, command: Command): string {
  if (code === 'commander.excessArguments') {
    const surplus = command.args.slice(command.registeredArguments.length);
    return `Unexpected argument${surplus.length > 1 ? 's' : ''} ${surplus.map((text) => `'${text}'`).join(', ')}.`;
  }
  const text = message.replace(/^error: /, '');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.)]$/.test(text) ? '' : '.'}`;
}

function textFor(error: unknown, command: Command): unknown {
  if (!(error instanceof CommandError)) return error;
  if (!(error instanceof UsageError)) return error.message;
  const help = `${command.name()} -- --help`;
  return `${error.message}\n\nUsage: ${usageOf(command)}\n"${help}" explains the options.`;
}
