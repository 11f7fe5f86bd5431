/** `npm test`: every test. Arguments go to jest. */
import { runTests } from '../testing/run-tests';

void runTests(process.argv.slice(2)).then((exitCode) => {
  process.exitCode = exitCode;
});
