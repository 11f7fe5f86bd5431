/** What `--help` shows, in the language of this process; commander knows English only. */
import { Help, Option, type Argument, type Command } from 'commander';
import { displayWidth, wrapToWidth } from './display-width';
import { text } from './language';

const TITLES = new Map([
  ['Usage:', { zh: '用法：', en: 'Usage:' }],
  ['Arguments:', { zh: '参数：', en: 'Arguments:' }],
  ['Options:', { zh: '选项：', en: 'Options:' }],
]);

export class BilingualHelp extends Help {
  override commandUsage(command: Command): string {
    return usageOf(command);
  }

  /** Every command takes `--no-color`: `runCommand` reads it, whatever the others are. */
  override visibleOptions(command: Command): Option[] {
    const colourless = new Option('--no-color', text({ zh: '不用颜色', en: 'print no colours' }));
    const options = super.visibleOptions(command);
    return [...options.slice(0, -1), colourless, ...options.slice(-1)];
  }

  override styleTitle(title: string): string {
    const both = TITLES.get(title);
    return both === undefined ? title : text(both);
  }

  override formatHelp(command: Command, helper: Help): string {
    // Commander puts a space behind the title, and a full-width colon brings its own.
    return super.formatHelp(command, helper).replace(/^用法： /, '用法：');
  }

  override optionDescription(option: Option): string {
    return withFacts(option.description, option, option.isBoolean());
  }

  override argumentDescription(argument: Argument): string {
    return withFacts(argument.description, argument, false);
  }

  override displayWidth(shown: string): number {
    return displayWidth(shown);
  }

  override boxWrap(shown: string, width: number): string {
    return width < this.minWidthToWrap ? shown : wrapToWidth(shown, width);
  }
}

interface Facts {
  argChoices?: string[];
  defaultValue?: unknown;
}

function withFacts(
  description: string,
  { argChoices, defaultValue }: Facts,
  isSwitch: boolean,
): string {
  const facts: string[] = [];
  if (argChoices !== undefined) {
    facts.push(
      text({ zh: `可选 ${argChoices.join('、')}`, en: `choices: ${argChoices.join(', ')}` }),
    );
  }
  if (defaultValue !== undefined && !isSwitch) {
    const shown = typeof defaultValue === 'string' ? defaultValue : JSON.stringify(defaultValue);
    facts.push(text({ zh: `默认 ${shown}`, en: `default: ${shown}` }));
  }
  if (facts.length === 0) return description;
  return description + text({ zh: `（${facts.join('；')}）`, en: ` (${facts.join(', ')})` });
}

/**
 * `npm start -- [--port 5180] [--no-build]`: each option, with its default if it has one. Only npm
 * needs the `--`.
 */
export function usageOf(command: Command): string {
  const options = command.options.map(({ flags, long, required, defaultValue }) =>
    required && defaultValue !== undefined ? `[${long ?? flags} ${defaultValue}]` : `[${flags}]`,
  );
  const parameters = command.registeredArguments.map((argument) => {
    const name = argument.variadic ? `${argument.name()}...` : argument.name();
    return argument.required ? `<${name}>` : `[${name}]`;
  });
  const takes = [...options, ...parameters];
  return [command.name(), ...(takes.length > 0 ? [...separatorOf(command), ...takes] : [])].join(
    ' ',
  );
}

/** What shows the help of a command. */
export function helpCommand(command: Command): string {
  return [command.name(), ...separatorOf(command), '--help'].join(' ');
}

const separatorOf = (command: Command): string[] =>
  command.name().startsWith('npm ') ? ['--'] : [];
