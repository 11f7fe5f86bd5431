/** `npm test`: builds what is tested, runs every test, and ends with one line that counts them. Arguments go to jest. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium, HOW_TO_GET_CHROMIUM } from './browser';
import { build } from './build';
import { onPath } from './on-path';
import { runTool } from './run-command';
import { installTools, MANAGEMENT_LIBRARY } from './tools/install-tools';

interface TestCounts {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  /** Test files that could not be run at all, e.g. for a syntax error. */
  numRuntimeErrorTestSuites: number;
}

async function main(): Promise<void> {
  await build();
  // Here and not in the middle of the tests, of which one deploys with it.
  if (!(await installTools(MANAGEMENT_LIBRARY))) {
    console.log('It could not be installed: the tests of deploying will fail.');
  }
  const folder = await mkdtemp(join(tmpdir(), 'test-counts-'));
  try {
    const file = join(folder, 'counts.json');
    const args = ['--json', `--outputFile=${file}`, ...process.argv.slice(2)];
    const { exitCode } = await runTool('jest', args, 'inherit');
    process.exitCode = exitCode;
    report(JSON.parse(await readFile(file, 'utf8')) as TestCounts);
  } finally {
    await rm(folder, { recursive: true });
  }
}

function report(counts: TestCounts): void {
  if (findChromium() === undefined) {
    console.log(
      `\n!! THE BROWSER TESTS WERE SKIPPED: no Chromium or Chrome was found.\n!! ${HOW_TO_GET_CHROMIUM}\n`,
    );
  }
  if (onPath(['curl']).length === 0) {
    console.log(
      '\n!! THE TEST OF THE GATEWAY BY HAND WAS SKIPPED: there is no curl on this machine.\n',
    );
  }
  const failed = counts.numFailedTests + counts.numRuntimeErrorTestSuites;
  const skipped = counts.numPendingTests > 0 ? `, ${counts.numPendingTests} skipped` : '';
  console.log(`${counts.numPassedTests} passed, ${failed} failed${skipped}`);
}

void main();
