/** A tool that is ended by a signal, and what it has started. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../../scripts/project/root';
import { startInGroup } from '../../support/interrupted';
import { runsTypeScript } from '../../support/run-script';

let folder: string;
let tool: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'run-tool-'));
  tool = join(folder, 'tool.js');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** As the launchers of native programs, and Jest with its workers. */
const STARTS_ANOTHER = `
  const runs = (script) => ['--eval', script + 'setInterval(() => undefined, 1_000_000);'];
  const start = (script) => "require('node:child_process').spawn(process.execPath, " +
    JSON.stringify(runs(script)) + ", { stdio: 'inherit' });";
  eval(start(start("console.log('deep');")));
  setInterval(() => undefined, 1_000_000);
`;

const RUNS = `
  const { runNode } = require(${JSON.stringify(`${root}/scripts/lib/run-tool.ts`)});
  const options = { cwd: process.cwd(), output: 'inherit' };
  runNode([process.argv[1]], options).catch((error) => process.exit(error.exitCode));
`;

test.each([
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)(
  'at %s to the one process, what the tool has started ends with it',
  async (signal, exitCode) => {
    writeFileSync(tool, STARTS_ANOTHER);
    const args = [...runsTypeScript, '--eval', RUNS, tool];
    const running = startInGroup(args, folder);
    await running.printed(/deep/);
    running.signalItself(signal);
    expect(await running.ended()).toMatchObject({ exitCode });
  },
);
