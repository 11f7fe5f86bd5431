import type { Command, OptionValues } from 'commander';
import { parseCommand } from '../../scripts/lib/command-line';

/** What a command would be run with. @throws UsageError */
export async function readOptions(
  command: Command,
  args: readonly string[],
): Promise<OptionValues> {
  let given: OptionValues = {};
  command.action(() => {
    given = command.opts();
  });
  await parseCommand(command, args);
  return given;
}
