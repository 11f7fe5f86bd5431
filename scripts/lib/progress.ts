/**
 * What takes a while says so on stderr. On a terminal by a line that counts the seconds and goes
 * away, elsewhere by a line that stays.
 */
import { displayWidth } from './display-width';
import { text } from './language';

const CLEAR_LINE = '\r\u001b[2K';

interface Shown {
  what: string;
  since: number;
}

/** The innermost last; that one is seen. */
const shown: Shown[] = [];

export const BUILDING = text({ zh: '正在构建', en: 'Building' });

/** What may be over at once says nothing before, where there is no terminal. */
export const MOSTLY_QUICK = { patienceMs: 2_000 };

/** @param what is being done, without dots; `say` changes it on the way */
export async function showProgress<Result>(
  what: string,
  run: (say: (what: string) => void) => Promise<Result>,
  { patienceMs = 0 }: { patienceMs?: number } = {},
): Promise<Result> {
  const line: Shown = { what, since: performance.now() };
  const say = (next: string): void => {
    line.what = next;
    if (isLive()) draw();
    else process.stderr.write(`${next} ...\n`);
  };
  shown.push(line);
  const stop = isLive() && shown.length === 1 ? startDrawing() : undefined;
  const patience = patienceMs > 0 && !isLive() ? setTimeout(say, patienceMs, what) : undefined;
  if (patience === undefined) say(what);
  try {
    return await run(say);
  } finally {
    clearTimeout(patience);
    shown.splice(shown.indexOf(line), 1);
    if (isLive()) process.stderr.write(CLEAR_LINE);
    stop?.();
  }
}

/** In one line of the terminal, whatever its width: a second one could not be taken back. */
function draw(): void {
  const line = shown.at(-1);
  if (line === undefined) return;
  const seconds = Math.floor((performance.now() - line.since) / 1_000);
  const tail = seconds < 1 ? ' ...' : ` ... ${seconds} s`;
  let { what } = line;
  // A terminal that does not know its width says 0.
  const width = process.stderr.columns || 80;
  while (what !== '' && displayWidth(what + tail) >= width) what = what.slice(0, -1);
  process.stderr.write(`${CLEAR_LINE}${what}${tail}`);
}

function isLive(): boolean {
  const { CI, TERM } = process.env;
  return process.stderr.isTTY && TERM !== 'dumb' && CI === undefined;
}

/** What others print goes above it. */
function startDrawing(): () => void {
  const clock = setInterval(draw, 1_000);
  clock.unref();
  const streams = [process.stderr, process.stdout].filter(({ isTTY }) => isTTY);
  for (const stream of streams) {
    const write = stream.write.bind(stream) as (...given: unknown[]) => boolean;
    stream.write = (...given: unknown[]): boolean => {
      if (given[0] === CLEAR_LINE || shown.length === 0) return write(...given);
      process.stderr.write(CLEAR_LINE);
      const isTaken = write(...given);
      if (String(given[0]).endsWith('\n')) draw();
      return isTaken;
    };
  }
  return () => {
    clearInterval(clock);
    // That of their class is seen again.
    for (const stream of streams) Reflect.deleteProperty(stream, 'write');
  };
}
