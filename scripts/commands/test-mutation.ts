/** `npm run test:mutation`. */
import { runTool } from '../lib/run-tool';

void runTool(
  'stryker',
  ['run', 'test/config/stryker.config.mjs', ...process.argv.slice(2)],
  'inherit',
).then(({ exitCode }) => {
  process.exitCode = exitCode;
});
