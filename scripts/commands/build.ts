/** `npm run build`: everything that is deployed, into `dist/`. */
import { build } from '../build';
import { parseOptions, runCommand } from '../lib/command-line';

async function main(args: readonly string[]): Promise<undefined> {
  parseOptions(args, {});
  await build();
  console.log('Built dist/cloudfunctions and dist/miniprogram.');
}

void runCommand('npm run build', main);
