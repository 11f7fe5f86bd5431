/**
 * The process of one instance: loads the script of the function, and serves one call after another.
 * Bundled into one file, so that it starts as fast as the platform's own runtime.
 */
import { createRequire } from 'node:module';
import type { InstanceMessage, InvokeMessage } from './instance-messages';
import { refuseOtherClouds } from './refuse-other-clouds';

type Callback = (error: unknown, result?: unknown) => void;
type Main = (event: unknown, context: unknown, callback?: Callback) => unknown;

const send = (message: InstanceMessage): void => void process.send?.(message);

/** Functions follow the clock of the local cloud, which can be moved forward. */
let clockOffsetMs = 0;
const RealDate = Date;
globalThis.Date = new Proxy(RealDate, {
  construct(target, args: unknown[], newTarget) {
    const dateArgs = args.length === 0 ? [RealDate.now() + clockOffsetMs] : args;
    return Reflect.construct(
      target,
      dateArgs,
      newTarget === globalThis.Date ? target : newTarget,
    ) as object;
  },
  apply: () => new RealDate(RealDate.now() + clockOffsetMs).toString(),
  get: (target, name) =>
    name === 'now' ? () => RealDate.now() + clockOffsetMs : (Reflect.get(target, name) as unknown),
});

// Sent as messages: a pipe would not keep the order of lines and answers.
for (const stream of [process.stdout, process.stderr]) {
  stream.write = (chunk: string | Uint8Array): boolean => {
    for (const line of String(chunk).split('\n')) if (line !== '') send({ type: 'log', line });
    return true;
  };
}

const describeError = (error: unknown): string =>
  error instanceof Error
    ? (error.stack ?? error.message)
    : typeof error === 'string'
      ? error
      : JSON.stringify(error);

let previous: string[] = [];

function setVariables({ variables, keepStale }: InvokeMessage): void {
  if (!keepStale) for (const name of previous) Reflect.deleteProperty(process.env, name);
  Object.assign(process.env, variables);
  previous = [...new Set([...(keepStale ? previous : []), ...Object.keys(variables)])];
}

/** A function with three parameters answers by its callback, or by what it returns. */
function run(main: Main, { event, context }: InvokeMessage): unknown {
  if (main.length < 3) return main(event, context);
  return new Promise((resolve, reject) => {
    const callback: Callback = (error, result) => {
      if (error === null || error === undefined) resolve(result);
      else reject(error instanceof Error ? error : new Error(describeError(error)));
    };
    const returned = main(event, context, callback);
    if (returned !== undefined) resolve(returned);
  });
}

async function invoke(main: Main, message: InvokeMessage): Promise<InstanceMessage> {
  setVariables(message);
  clockOffsetMs = message.clockOffsetMs;
  try {
    const result = await run(main, message);
    return { type: 'returned', ...(result !== undefined && { result }) };
  } catch (error) {
    return { type: 'threw', message: describeError(error) };
  }
}

// The local cloud has ended, in whatever way.
process.on('disconnect', () => process.exit(0));

try {
  refuseOtherClouds(process.argv[2] ?? '');
  const load = createRequire(__filename);
  const { main } = load(process.argv[2] ?? '') as { main?: unknown };
  if (typeof main !== 'function') throw new TypeError('index.js exports no function "main"');
  process.on('message', (message: InvokeMessage) => {
    void invoke(main as Main, message).then(send);
  });
  send({ type: 'ready' });
} catch (error) {
  send({ type: 'broken', message: describeError(error) });
}
