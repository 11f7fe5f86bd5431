/** Builds what is tested, runs the tests, and ends with one line that counts them. */
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium, HOW_TO_GET_CHROMIUM } from '../lib/browser';
import { build } from '../build';
import { onPath } from '../lib/on-path';
import { root } from '../project/root';
import { runTool } from '../lib/run-tool';
import { quickTests } from './quick-tests';
import { installTools, MANAGEMENT_LIBRARY } from '../lib/install-tools';

interface TestCounts {
  passed: number;
  failed: number;
  skipped: number;
}

/**
 * @param args go to jest
 * @param isQuick leaves out what needs a process or a browser of its own
 */
export async function runTests(args: readonly string[], isQuick = false): Promise<number> {
  const chosen = [...args];
  if (isQuick) chosen.push('--runTestsByPath', ...(await findQuickTests()));
  await build();
  // Here and not in the middle of the tests, of which one deploys with it.
  if (!isQuick && !(await installTools(MANAGEMENT_LIBRARY))) {
    console.log('It could not be installed: the tests of deploying will fail.');
  }
  const folder = await mkdtemp(join(tmpdir(), 'test-counts-'));
  try {
    const file = join(folder, 'counts.json');
    process.env['TEST_COUNTS_FILE'] = file;
    const reporter = `--reporters=${root}/test/config/reporter.cjs`;
    const { exitCode } = await runTool('jest', [reporter, ...chosen], 'inherit');
    // jest has said why it did not get as far as counting.
    const counts = existsSync(file)
      ? (JSON.parse(await readFile(file, 'utf8')) as TestCounts)
      : { passed: 0, failed: 0, skipped: 0 };
    report(counts, isQuick);
    return exitCode;
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function findQuickTests(): Promise<string[]> {
  const all = await readdir(`${root}/test`, { recursive: true });
  const tests = all.filter((file) => file.endsWith('.test.ts')).map((file) => `test/${file}`);
  return quickTests(
    root,
    tests.map((file) => file.replaceAll('\\', '/')),
  );
}

function report({ passed, failed, skipped }: TestCounts, isQuick: boolean): void {
  if (!isQuick && findChromium() === undefined) {
    console.log(
      `\n!! THE BROWSER TESTS WERE SKIPPED: no Chromium or Chrome was found.\n!! ${HOW_TO_GET_CHROMIUM}\n`,
    );
  }
  if (!isQuick && onPath(['curl']).length === 0) {
    console.log(
      '\n!! THE TEST OF THE GATEWAY BY HAND WAS SKIPPED: there is no curl on this machine.\n',
    );
  }
  console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
}
