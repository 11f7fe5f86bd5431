/** What commander says of wrong arguments, as sentences in the language of this process. */
import type { Command, CommanderError } from 'commander';
import { text } from './language';

/** By the code of the error: what commander's message holds, and the sentence that is made of it. */
const SENTENCES = new Map<string, { read: RegExp; say: (...found: string[]) => string }>([
  [
    'commander.unknownOption',
    {
      read: /^unknown option '(.+?)'/,
      say: (flag) => text({ zh: `没有选项 ${flag}。`, en: `Unknown option '${flag}'.` }),
    },
  ],
  [
    'commander.optionMissingArgument',
    {
      read: /^option '(.+)' argument missing/,
      say: (flags) => text({ zh: `${flags} 缺少值。`, en: `Option '${flags}' needs a value.` }),
    },
  ],
  [
    'commander.missingArgument',
    {
      read: /^missing required argument '(.+)'/,
      say: (name) =>
        text({ zh: `缺少参数 <${name}>。`, en: `Missing required argument '${name}'.` }),
    },
  ],
  [
    'commander.invalidArgument',
    {
      read: /^command-argument value '(.*)' is invalid for argument '(.+?)'\. Allowed choices are (.+)\.$/s,
      say: (value, name, choices) =>
        text({
          zh: `${name} 不能是“${value}”，可选 ${choices.replaceAll(', ', '、')}。`,
          en: `${name} can't be "${value}": choose among ${choices}.`,
        }),
    },
  ],
]);

/** Commander's own words, in English, where there are none for them here. */
export function complaint(error: CommanderError, command: Command): string {
  if (error.code === 'commander.excessArguments') return surplusIn(command);
  const message = error.message.replace(/^error: /, '');
  const { read, say } = SENTENCES.get(error.code) ?? {};
  const found = read?.exec(message);
  if (!found || say === undefined) return sentence(message);
  const similar = /\n\(Did you mean (?:one of )?(.+)\?\)$/.exec(message)?.[1];
  return `${say(...found.slice(1))}${similar === undefined ? '' : suggestion(similar)}`;
}

function suggestion(similar: string): string {
  return text({
    zh: `是不是 ${similar.replaceAll(', ', '、')}？`,
    en: ` Did you mean ${similar}?`,
  });
}

/** Commander does not name them. */
function surplusIn(command: Command): string {
  const surplus = command.args.slice(command.registeredArguments.length);
  const names = surplus.map((word) => `'${word}'`);
  return text({
    zh: `多了参数 ${names.join('、')}。`,
    en: `Unexpected argument${surplus.length > 1 ? 's' : ''} ${names.join(', ')}.`,
  });
}

function sentence(message: string): string {
  return `${message.charAt(0).toUpperCase()}${message.slice(1)}${/[.)]$/.test(message) ? '' : '.'}`;
}
