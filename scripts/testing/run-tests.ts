/** Builds what is tested, runs the tests, and ends with one line that counts them. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from '../build';
import { findChromium, HOW_TO_GET_CHROMIUM } from '../lib/browser';
import { CommandError, UsageError } from '../lib/command-error';
import { isColoured } from '../lib/colours';
import { filesEndingIn } from '../lib/files-ending-in';
import { areInstalled, installTools, type Tools } from '../lib/install-tools';
import { text } from '../lib/language';
import { onPath } from '../lib/on-path';
import { BUILDING, showProgress } from '../lib/progress';
import { runTool } from '../lib/run-tool';
import { makeTemporaryFolder } from '../lib/temporary-folder';
import { root } from '../project/root';
import { OLDER_SDKS } from './older-sdks';
import { quickTests } from './quick-tests';

interface TestCounts {
  passed: number;
  failed: number;
  skipped: number;
}

const JEST = { package: 'jest' };
const NO_COUNTS: TestCounts = { passed: 0, failed: 0, skipped: 0 };

/**
 * Resolves to the exit code.
 *
 * @param args go to Jest
 * @param tools what some tests need, beside what is here: installed now, not in the middle of them
 * @param compiler what one test needs: too large to be installed for it
 */
export async function runTests(
  args: readonly string[],
  tools: Tools,
  compiler: Tools,
): Promise<number> {
  await refuseWrongArguments(args);
  await showProgress(BUILDING, () => build());
  for (const needed of [tools, OLDER_SDKS]) await install(needed);
  const { counts, exitCode } = await runJest(args);
  warnAboutSkippedTests();
  if (!(await areInstalled(compiler))) {
    const { zh, en } = compiler.what;
    console.log(
      text({
        zh: `\n!! 跳过了“构建 npm”的测试：没有安装${zh}。\n!! 运行 npm run compile-check 会安装它。\n`,
        en: `\n!! THE TEST OF 构建 npm WAS SKIPPED: ${en}, is not installed.\n!! "npm run compile-check" installs it.\n`,
      }),
    );
  }
  report(counts);
  return exitCode;
}

async function install(tools: Tools): Promise<void> {
  try {
    await installTools(tools);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    const { zh, en } = tools.what;
    console.error(
      text({
        zh: `没有${zh}，用到它的测试会失败。`,
        en: `Without ${en}, the tests that need them will fail.`,
      }),
    );
  }
}

/**
 * Leaves out what needs a process or a browser of its own. Resolves to the exit code.
 *
 * @param args go to Jest; paths and patterns among them choose among the quick tests
 */
export async function runQuickTests(args: readonly string[]): Promise<number> {
  const all = await filesEndingIn(`${root}/test`, '.test.ts');
  const tests = await quickTests(
    root,
    all.map((file) => `test/${file}`),
  );
  process.env['QUICK_TESTS'] = JSON.stringify(tests.map((file) => join(root, file)));
  const quickOnly = [...args, `--filter=${root}/test/config/quick-tests.cjs`];
  await refuseWrongArguments(args, quickOnly);
  await showProgress(BUILDING, () => build());
  const { counts, exitCode } = await runJest(quickOnly);
  report(counts);
  return exitCode;
}

/**
 * Before anything is built. Jest reads them without running a test.
 *
 * @param all what Jest is given: `args`, and what is added to them
 */
async function refuseWrongArguments(args: readonly string[], all = args): Promise<void> {
  if (args.length === 0) return;
  const options = { cwd: root, output: 'collect' } as const;
  const { exitCode, output } = await runTool(JEST, ['--listTests', ...all], options);
  if (exitCode !== 0) throw new UsageError(output.trim());
  const given = args.filter((arg) => !arg.startsWith('-'));
  // Without a word, e.g. with --onlyChanged, Jest itself says that there is nothing to do.
  if (given.length === 0 || args.includes('--passWithNoTests') || output.trim() !== '') return;
  const words = given.join(' ');
  throw new UsageError(
    text({
      zh: `${words} 没有选中任何会跑的测试。`,
      en: `No test that would run is chosen by ${words}.`,
    }),
  );
}

async function runJest(args: readonly string[]): Promise<{ exitCode: number; counts: TestCounts }> {
  // Of the tests too: interrupted in the middle, they leave theirs behind.
  const folder = await makeTemporaryFolder('t-');
  const file = join(folder.path, 'counts.json');
  for (const name of ['TMPDIR', 'TMP', 'TEMP']) process.env[name] = folder.path;
  try {
    process.env['TEST_COUNTS_FILE'] = file;
    const reporter = `--reporters=${root}/test/config/reporter.cjs`;
    // Last: Jest takes words behind it for more reporters.
    const colour = isColoured(process.stdout, process.env) ? [] : ['--color=false'];
    const all = [...args, ...colour, reporter];
    const { exitCode } = await runTool(JEST, all, { cwd: root, output: 'inherit' });
    // Where there are none, Jest has said why it did not get as far as counting.
    const counts = existsSync(file)
      ? (JSON.parse(await readFile(file, 'utf8')) as TestCounts)
      : NO_COUNTS;
    return { exitCode, counts };
  } finally {
    await folder.remove();
  }
}

function warnAboutSkippedTests(): void {
  if (findChromium() === undefined) {
    console.log(
      text({
        zh: `\n!! 跳过了浏览器里的测试：没有找到 Chromium 或 Chrome。\n!! ${HOW_TO_GET_CHROMIUM}\n`,
        en: `\n!! THE BROWSER TESTS WERE SKIPPED: no Chromium or Chrome was found.\n!! ${HOW_TO_GET_CHROMIUM}\n`,
      }),
    );
  }
  if (onPath(['curl']).length === 0) {
    console.log(
      text({
        zh: '\n!! 跳过了手动调用网关的测试：本机没有 curl。\n',
        en: '\n!! THE TEST OF THE GATEWAY BY HAND WAS SKIPPED: there is no curl on this machine.\n',
      }),
    );
  }
}

function report({ passed, failed, skipped }: TestCounts): void {
  console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
}
