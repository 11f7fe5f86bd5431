/** `npm start`: the mini program on two phones in a browser, its cloud functions on this machine. */
import { resolve } from 'node:path';
import pc from 'picocolors';
import { build } from '../build';
import { runCommand } from '../lib/command-line';
import { LocalCloudStartError } from '#local-cloud';
import { MiniprogramCompileError, PreviewStartError } from '#preview';
import { startProjectStack } from '../stack';
import { readStartOptions, USAGE, type StartOptions } from './start-options';
import { root } from '../project/root';

/** Resolves to the exit code once everything that was started has stopped. */
async function main(args: readonly string[]): Promise<number> {
  const options = readStartOptions(args);
  const interrupted = interruption();
  let stack: Awaited<ReturnType<typeof start>> | undefined;
  try {
    stack = await start(options);
    console.log(welcome(stack.url, options));
    await interrupted;
    console.log(pc.dim('Stopping ...'));
    return 0;
  } catch (error) {
    console.error(explain(error, options));
    return 1;
  } finally {
    await stack?.close();
  }
}

async function start(options: StartOptions) {
  if (options.build) await build();
  return startProjectStack({
    port: options.port,
    cloudPort: options.cloudPort,
    dataDir: resolve(root, options.dataDir),
    assetsDir: `${root}/dist/preview`,
    onLog: (line) => {
      console.log(pc.dim(line));
    },
  });
}

function interruption(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.once(signal, () => {
        resolve();
      });
  });
}

function welcome(url: string, { dataDir }: StartOptions): string {
  return `
  ${pc.bold('Open')} ${pc.cyan(url)}

  1. Sign in on the left phone, then on the right one: the left one is told that it was replaced.
  2. Restart a phone, cut its network, take the database down: who is signed in stays signed in.
  3. Move the clock 30 days ahead: every session has ended.
  4. Put a phone on QQ: it signs in over HTTP, through the gateway.

  ${pc.dim(`Ctrl-C stops it. The data stays in ${dataDir}; "Reset everything" on the page empties it.`)}
`;
}

/** One sentence that says what to do; a bug keeps its stack. */
function explain(error: unknown, { port, cloudPort, dataDir }: StartOptions): string {
  if (error instanceof MiniprogramCompileError) return error.message;
  if (error instanceof PreviewStartError) {
    return `Port ${port} is in use: stop what listens there, or choose another port with --port.`;
  }
  if (error instanceof LocalCloudStartError) {
    const whatToDo: Record<LocalCloudStartError['code'], string> = {
      PORT_IN_USE: `Port ${cloudPort} is in use: stop what listens there, or choose another port for the local cloud with --cloud-port.`,
      DATA_DIR_IN_USE: `${dataDir} is in use by another local cloud: stop that one, or choose another folder with --data.`,
      DATA_DIR_VERSION: `${dataDir} was written by another version: delete it, or choose another folder with --data.`,
      FUNCTIONS_DIR_MISSING: error.message,
    };
    return whatToDo[error.code];
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

void runCommand(USAGE, main);
