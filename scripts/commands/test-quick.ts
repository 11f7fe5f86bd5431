/** `npm run test:quick`: the tests that start no process and no browser. Arguments go to jest. */
import { runTests } from '../testing/run-tests';

void runTests(process.argv.slice(2), true).then((exitCode) => {
  process.exitCode = exitCode;
});
