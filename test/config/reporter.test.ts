/** What `npm test` says while it runs. */
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { EventEmitter } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Reporter from './reporter.cjs';

const ROOT = '/project';
const A = { path: '/project/test/a.test.ts' };
const B = { path: '/project/test/b.test.ts' };

let folder: string;
let said: string;
let now: number;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'reporter-'));
  process.env['TEST_COUNTS_FILE'] = join(folder, 'counts.json');
  said = '';
  now = 0;
});
afterEach(() => {
  delete process.env['TEST_COUNTS_FILE'];
  rmSync(folder, { recursive: true });
});

const streamOf = (isTTY: boolean) => {
  const write = (text: string): void => void (said += text);
  return Object.assign(new EventEmitter(), { isTTY, columns: 60, write });
};

function begin(isTTY: boolean, files = 2): Reporter {
  const stream = streamOf(isTTY);
  const reporter = new Reporter({ rootDir: ROOT }, {}, { now: () => now, stream });
  reporter.onRunStart({ numTotalTestSuites: files }, { estimatedTime: 60 });
  return reporter;
}

const result = (numFailingTests: number, more: object = {}): object => ({
  numFailingTests,
  numPassingTests: 3,
  numPendingTests: 0,
  perfStats: { start: 0, end: 1_500 },
  ...more,
});

const end = (reporter: Reporter, testResults: object[], more: object = {}): void =>
  reporter.onRunComplete(new Set(), {
    testResults,
    numPassedTests: 6,
    numFailedTests: 0,
    numPendingTests: 0,
    numTodoTests: 0,
    numRuntimeErrorTestSuites: 0,
    ...more,
  });

describe('without a terminal', () => {
  test('every file that is done gets a line', () => {
    const reporter = begin(false);
    reporter.onTestFileStart(A);
    reporter.onTestFileStart(B);
    reporter.onTestFileResult(A, result(0));
    reporter.onTestFileResult(B, result(0, { numPendingTests: 2 }));
    end(reporter, []);
    expect(said.split('\n')).toEqual([
      '1/2 ok       1.5 s  test/a.test.ts',
      '2/2 ok       1.5 s  test/b.test.ts, 2 skipped',
      '',
    ]);
  });

  test('what runs and what is left is said when nothing has ended for long', () => {
    const reporter = begin(false);
    reporter.onTestFileStart(A);
    reporter.onTestFileStart(B);
    now = 20_000;
    reporter.status();
    reporter.onTestFileResult(A, result(0));
    now = 61_000;
    reporter.status();
    expect(said.split('\n').filter((line) => line.includes('left'))).toEqual([
      '2 files left, about 40 s, running: test/a.test.ts, test/b.test.ts',
      '1 file left, running: test/b.test.ts',
    ]);
    end(reporter, []);
  });
});

test('on a terminal what runs stands in the last line, and is gone at the end', () => {
  const reporter = begin(true);
  reporter.onTestFileStart(A);
  reporter.onTestFileResult(A, result(0));
  reporter.onTestFileStart(B);
  reporter.onTestFileResult(B, result(0));
  end(reporter, []);
  // As the terminal shows it.
  const screen = said.split('\n').map((line) => line.split('\u001B[K').at(-1));
  expect(screen).toEqual([
    '1/2 ok       1.5 s  test/a.test.ts',
    '2/2 ok       1.5 s  test/b.test.ts',
    '',
  ]);
  expect(said).toContain('\u001B[K2 files left, about 60 s, running: test/a.test.ts');
});

test('every failure is said once, at the end, and a file that could not be run counts as one', () => {
  const reporter = begin(false);
  const failureMessage = '● it works\n\n    seed: 7';
  const broken = { failureMessage: '● Test suite failed to run', testFilePath: B.path };
  reporter.onTestFileResult(A, result(1, { failureMessage }));
  reporter.onTestFileResult(B, result(0, { testExecError: {}, failureMessage: 'x' }));
  expect(said).toContain('1/2 FAILED   1.5 s  test/a.test.ts: 1 of 4 failed');
  expect(said).toContain('2/2 FAILED   1.5 s  test/b.test.ts: could not be run');
  expect(said).not.toContain('it works');
  end(reporter, [{ failureMessage, testFilePath: A.path }, broken], {
    numFailedTests: 1,
    numRuntimeErrorTestSuites: 1,
  });
  expect(said.split('it works')).toHaveLength(2);
  expect(said).toContain('seed: 7');
  const counts: unknown = JSON.parse(readFileSync(join(folder, 'counts.json'), 'utf8'));
  expect(counts).toEqual({ passed: 6, failed: 2, skipped: 0 });
});

test('what a test prints is shown with its file', () => {
  const reporter = begin(false);
  const printed = { message: 'look', type: 'log', origin: '    at a.test.ts:1:1' };
  reporter.onTestFileResult(A, result(0, { console: [printed] }));
  end(reporter, []);
  expect(said).toContain('console.log in test/a.test.ts\nlook\n    at a.test.ts:1:1\n');
});

test.each([
  ['whose reader has gone', 'EPIPE', 141, ''],
  ['on a full disk', 'ENOSPC', 1, "What is printed can't be written: ENOSPC.\n"],
])('a stream %s ends it', (_, code, exitCode, complaint) => {
  const complain = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  const stream = streamOf(false);
  const exit = jest.fn();
  const reporter = new Reporter({ rootDir: ROOT }, {}, { now: () => now, stream, exit });
  reporter.onRunStart({ numTotalTestSuites: 1 }, { estimatedTime: 1 });
  stream.emit('error', Object.assign(new Error(code), { code }));
  end(reporter, []);
  const complaints = complain.mock.calls.map(([text]) => String(text)).join('');
  complain.mockRestore();
  expect(exit.mock.calls).toEqual([[exitCode]]);
  expect(complaints).toBe(complaint);
});
