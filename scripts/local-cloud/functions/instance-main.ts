/**
 * The process of one instance: loads the script of the function, and serves one call after another.
 * Bundled into one file, so that it starts as fast as the platform's own runtime.
 */
import { realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname } from 'node:path';
import { describeLoadError } from './instance/describe-load-error';
import { errorDescriber } from './instance/describe-error';
import { reportEnding } from './instance/ending';
import { watchLoading } from './instance/loaded-files';
import { memoryExceeded, tookMoreThan } from './instance/memory';
import type { InstanceMessage, InvokeMessage, Sent } from './instance/messages';
import { captureOutput, printedLines } from './instance/output';
import { makeFilesReadOnly } from './instance/read-only-files';
import { refuseOtherClouds } from './instance/refuse-other-clouds';
import { inResult, resultAsJson, runMain, type Main } from './instance/run-main';
import { createSourcePlaces } from './instance/source-places';
import { takeChannel } from './instance/take-channel';
import { installClock, setClockOffset } from './instance/virtual-clock';

const [, , script = '', memoryMb = '', shownFolder = ''] = process.argv;
const folder = dirname(script);

const sendToCloud = takeChannel();

function send(message: InstanceMessage, sent?: () => void): void {
  sendToCloud({ ...message, lines: printedLines() } satisfies Sent, sent ?? (() => undefined));
}

const placeInSource = createSourcePlaces(folder, shownFolder);
const describeError = errorDescriber(
  [folder, realpathSync(folder)],
  basename(__filename),
  placeInSource,
);
const newFiles = watchLoading(folder);
let begun = 0;
const exit = reportEnding(describeError, (failure) => send({ type: 'ending', failure, begun }));
installClock();
captureOutput(placeInSource);
makeFilesReadOnly(folder);
refuseOtherClouds(script);
// The local cloud has ended, in whatever way.
process.on('disconnect', () => exit(0));

let previous: string[] = [];

function setVariables({ variables, keepStale }: InvokeMessage): void {
  if (!keepStale) for (const name of previous) Reflect.deleteProperty(process.env, name);
  Object.assign(process.env, variables);
  previous = [...new Set([...(keepStale ? previous : []), ...Object.keys(variables)])];
}

async function answer(main: Main, message: InvokeMessage): Promise<InstanceMessage> {
  begun += 1;
  setVariables(message);
  setClockOffset(message.clockOffsetMs);
  let result: unknown;
  try {
    result = await runMain(main, message);
  } catch (error) {
    return { type: 'threw', failure: describeError(error), files: newFiles() };
  }
  try {
    return { type: 'returned', json: resultAsJson(result), files: newFiles() };
  } catch (error) {
    const failure = inResult(describeError(error));
    return { type: 'threw', failure, files: newFiles() };
  }
}

async function serve(main: Main, message: InvokeMessage): Promise<void> {
  const answered = await answer(main, message);
  if (tookMoreThan(Number(memoryMb))) {
    send({ type: 'ending', failure: memoryExceeded(memoryMb), begun }, () => exit(1));
  } else {
    send(answered);
  }
}

try {
  const load = createRequire(__filename);
  const { main } = Object(load(script)) as { main?: unknown };
  if (typeof main !== 'function') {
    throw new TypeError(
      'index.js exports no function "main": set exports.main = async (event) => ...',
    );
  }
  process.on('message', (message: InvokeMessage) => void serve(main as Main, message));
  send({ type: 'ready', files: newFiles() });
} catch (error) {
  send({ type: 'broken', failure: describeLoadError(error, describeError, script, shownFolder) });
}
