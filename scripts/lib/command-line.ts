/** Declares commands with `commander`, and runs one from its arguments to its exit code. */
import { Command, CommanderError, Option } from 'commander';
import { CommandError, InterruptedError, UsageError } from './command-error';
import { withoutColourSwitch } from './colours';
import { complaint } from './commander-words';
import { explainDiskFailure } from './disk-failure';
import { displayWidth, padToWidth } from './display-width';
import { BilingualHelp, helpCommand, usageOf } from './help';
import { answerInJson, printJsonFailure, type JsonError } from './json-answer';
import { text } from './language';
import { endEarly, isEnding, signalsRead, watchOutput, watchSignals } from './process-end';

const HIGHEST_PORT = 65_535;
const FAILED = 1;

/** npm has a word of its own for these. */
const WITHOUT_RUN = ['start', 'test'];

class BilingualCommand extends Command {
  override createHelp(): BilingualHelp {
    return new BilingualHelp();
  }
}

/**
 * Declares a command; its action sets `process.exitCode` or throws when it fails.
 *
 * @param name as npm knows it
 * @param description one sentence, in the language of this process, as all that is shown: `text`
 */
export function defineCommand(name: string, description: string): Command {
  return new BilingualCommand(`npm ${WITHOUT_RUN.includes(name) ? name : `run ${name}`}`)
    .description(description)
    .helpOption('-h, --help', text({ zh: '显示这份说明', en: 'show this' }))
    .configureOutput({ outputError: () => undefined })
    .exitOverride()
    .hook('preAction', refuseEmptyValues);
}

/** What a shell makes of a variable that is not set. @throws UsageError */
function refuseEmptyValues(command: Command): void {
  for (const option of command.options) {
    const value: unknown = command.getOptionValue(option.attributeName());
    if ([value].flat().some((text) => typeof text === 'string' && text.trim() === '')) {
      const name = option.long ?? option.flags;
      throw new UsageError(text({ zh: `${name} 不能是空的。`, en: `${name} must not be empty.` }));
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
  return option.argParser((given) => {
    const value = Number(given);
    if (/^-?\d+$/.test(given) && value >= min && value <= max) return value;
    const name = option.long ?? flags;
    const isOpen = max === Number.MAX_SAFE_INTEGER;
    throw new UsageError(
      text({
        zh: `${name} 必须是${isOpen ? `不小于 ${min} ` : ` ${min} 到 ${max} `}的整数，不能是“${given}”。`,
        en: `${name} must be a whole number from ${min}${isOpen ? '' : ` to ${max}`}, not "${given}".`,
      }),
    );
  });
}

/** An option that takes a port of 127.0.0.1; 0 stands for any that is free. */
export function port(flags: string, description: string, defaultPort: number): Option {
  const any = text({ zh: '，0 表示任选一个空闲的', en: '; 0: any that is free' });
  return wholeNumber(flags, `${description}${any}`, { min: 0, max: HIGHEST_PORT }).default(
    defaultPort,
  );
}

/** Collects the values of an option that may be repeated. */
export const repeated = (value: string, earlier: readonly string[] = []): string[] => [
  ...earlier,
  value,
];

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
export async function runCommand(command: Command, given: readonly string[]): Promise<void> {
  const args = withoutColourSwitch(given);
  const takesJson = command.options.some(({ long }) => long === '--json');
  watchOutput((error) => {
    console.error(cannotWrite(error));
  });
  watchSignals(sayInterrupted);
  if (takesJson && args.includes('--json')) answerInJson();
  let ended = false;
  // Where nothing is left to wait for before the action has ended, it has failed.
  process.once('exit', () => {
    if (!ended) process.exitCode ??= FAILED;
  });
  try {
    await parseCommand(command, args);
    ended = true;
  } catch (thrown) {
    const error = explainDiskFailure(thrown);
    await signalsRead();
    // What is being closed fails, of course.
    if (isEnding()) return;
    if (error instanceof InterruptedError) {
      sayInterrupted();
      await endEarly(error.exitCode);
    }
    sayFailed(error, command);
    await endEarly(error instanceof CommandError ? error.exitCode : FAILED);
  }
}

function sayInterrupted(): void {
  const message = text({ zh: '已中断。', en: 'Interrupted.' });
  printJsonFailure({ kind: 'interrupted', message });
}

function sayFailed(error: unknown, command: Command): void {
  console.error(textFor(error, command));
  const message = error instanceof Error ? error.message : String(error);
  printJsonFailure({ kind: kindOf(error), message });
}

function kindOf(error: unknown): JsonError['kind'] {
  if (!(error instanceof CommandError)) return 'bug';
  return error.exitCode === FAILED ? 'failure' : 'usage';
}

/** For `watchOutput`. */
export const cannotWrite = ({ message }: Error): string =>
  text({ zh: `输出写不出去：${message}。`, en: `What is printed can't be written: ${message}.` });

/** All commands, one a line with its description. */
export function listCommands(commands: readonly Command[]): string {
  const width = Math.max(...commands.map((command) => displayWidth(command.name())));
  const lines = commands.map(
    (command) => `  ${padToWidth(command.name(), width)}  ${command.description()}`,
  );
  const [title, end] = [
    text({ zh: '命令：', en: 'Commands:' }),
    text({
      zh: '加上“-- --help”看每个命令的说明。',
      en: 'Each explains itself with "-- --help".',
    }),
  ];
  return `${title}\n\n${lines.join('\n')}\n\n${end}`;
}

function textFor(error: unknown, command: Command): unknown {
  if (!(error instanceof CommandError)) return error;
  if (!(error instanceof UsageError)) return error.message;
  const [usage, help] = [usageOf(command), helpCommand(command)];
  const more = text({
    zh: `用法：${usage}\n各选项的说明：${help}`,
    en: `Usage: ${usage}\n"${help}" explains the options.`,
  });
  return `${error.message}\n\n${more}`;
}
