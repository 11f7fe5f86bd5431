import { defineCommand } from '../lib/command-line';

export const command = defineCommand('test', 'Builds the project and runs every test.')
  .argument('[args...]', 'go to Jest, e.g. "test/flows"; "npx jest --help" explains them')
  .allowUnknownOption()
  .action(async (args: readonly string[]) => {
    const { runTests } = await import('../testing');
    const { MANAGEMENT_LIBRARY } = await import('../deploy');
    process.exitCode = await runTests(args, MANAGEMENT_LIBRARY);
  });
