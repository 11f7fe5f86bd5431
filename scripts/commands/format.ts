/** `npm run format`. */
import { runTool } from '../lib/run-tool';

void runTool('prettier', ['--write', '.', ...process.argv.slice(2)], 'inherit').then(
  ({ exitCode }) => {
    process.exitCode = exitCode;
  },
);
