/** The commands of `wechat-cloud-local`. Each file in `bin/` runs one. */
import { runCommand } from '../lib/command-line';
import { command as doctor } from './doctor';
import { command as init } from './init';
import { command as localCloud } from './local-cloud';
import { command as preview } from './preview';

const COMMANDS = { doctor, init, 'local-cloud': localCloud, preview };

export type PackagedCommand = keyof typeof COMMANDS;

/** Those after the command's name are read from the process. */
export function run(name: PackagedCommand): Promise<void> {
  return runCommand(COMMANDS[name].name(`npx ${name}`), process.argv.slice(2));
}
