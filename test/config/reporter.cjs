/**
 * What `npm test` prints: a line for each file that is done, what is running and how much is left,
 * and at the end every failure, once.
 * `TEST_COUNTS_FILE` is where the counts go for whoever started it.
 */
'use strict';

const { writeFileSync } = require('node:fs');
const { relative } = require('node:path');
const { clearInterval, setInterval } = require('node:timers');

const QUIET_MS = 20_000;
const REDRAW_MS = 1_000;
/** Of a process whose reader has gone (`| head -1`), as a shell shows it. */
const NOBODY_READS = 141;
const FAILED = 1;

module.exports = class Reporter {
  constructor(
    { rootDir },
    _options,
    { now = Date.now, stream = process.stdout, exit = process.exit } = {},
  ) {
    this.rootDir = rootDir;
    this.now = now;
    this.stream = stream;
    this.running = new Set();
    this.done = 0;
    this.total = 0;
    stream.on('error', (error) => {
      if (error.code === 'EPIPE') return exit(NOBODY_READS);
      process.stderr.write(`What is printed can't be written: ${error.message}.\n`);
      return exit(FAILED);
    });
  }

  onRunStart({ numTotalTestSuites }, { estimatedTime }) {
    this.total = numTotalTestSuites;
    this.startedAt = this.now();
    this.estimatedMs = estimatedTime * 1_000;
    // Without a terminal, a sign of life where nothing ends for long.
    const every = this.stream.isTTY ? REDRAW_MS : QUIET_MS;
    this.timer = setInterval(() => this.status(), every);
    this.timer.unref();
  }

  onTestFileStart({ path }) {
    this.running.add(relative(this.rootDir, path));
    if (this.stream.isTTY) this.status();
  }

  onTestFileResult({ path }, result) {
    const file = relative(this.rootDir, path);
    this.running.delete(file);
    this.done += 1;
    const { numFailingTests, numPassingTests, numPendingTests, perfStats, testExecError } = result;
    const all = numFailingTests + numPassingTests + numPendingTests;
    const failed = testExecError ? 'could not be run' : `${numFailingTests} of ${all} failed`;
    const isGood = numFailingTests === 0 && !testExecError;
    const width = String(this.total).length;
    const seconds = ((perfStats.end - perfStats.start) / 1_000).toFixed(1).padStart(5);
    const skipped = numPendingTests > 0 ? `, ${numPendingTests} skipped` : '';
    this.line(
      `${String(this.done).padStart(width)}/${this.total} ${isGood ? 'ok    ' : 'FAILED'} ${seconds} s  ${file}${isGood ? '' : `: ${failed}`}${skipped}`,
    );
    for (const { message, type, origin } of result.console ?? []) {
      this.line(`console.${type} in ${file}\n${message}\n${origin}`);
    }
    if (this.stream.isTTY) this.status();
  }

  onRunComplete(_contexts, results) {
    clearInterval(this.timer);
    this.clear();
    for (const { failureMessage, testFilePath } of results.testResults) {
      if (failureMessage) this.line(`\n${relative(this.rootDir, testFilePath)}\n${failureMessage}`);
    }
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = results;
    const counts = {
      passed: numPassedTests,
      // A file that could not be run at all is a failure, too.
      failed: numFailedTests + results.numRuntimeErrorTestSuites,
      skipped: numPendingTests + numTodoTests,
    };
    const { TEST_COUNTS_FILE } = process.env;
    if (TEST_COUNTS_FILE) writeFileSync(TEST_COUNTS_FILE, JSON.stringify(counts));
  }

  /** What is running, and how much is left. On a terminal it takes the place of the last one. */
  status() {
    const left = this.total - this.done;
    if (left === 0) return;
    const files = left === 1 ? '1 file' : `${left} files`;
    const text = `${files} left${this.timeLeft()}, running: ${[...this.running].join(', ')}`;
    if (!this.stream.isTTY) this.line(text);
    else this.stream.write(`\r\u001B[K${text.slice(0, (this.stream.columns ?? 80) - 1)}`);
  }

  /** As long as the files took the last time; unknown where some have never been run. */
  timeLeft() {
    const leftMs = this.estimatedMs - (this.now() - this.startedAt);
    return leftMs > 0 ? `, about ${Math.ceil(leftMs / 1_000)} s` : '';
  }

  line(text) {
    this.clear();
    this.stream.write(`${text}\n`);
  }

  clear() {
    if (this.stream.isTTY) this.stream.write('\r\u001B[K');
  }
};
