import pc from 'picocolors';

type Variables = Readonly<Record<string, string | undefined>>;

/** What is printed to this stream is coloured by it, where that helps. */
export const coloursOn = (stream: { isTTY?: boolean }): ReturnType<typeof pc.createColors> =>
  pc.createColors(isColoured(stream, process.env));

/**
 * Each stream by itself: one may go to a file, and the other to a terminal.
 *
 * `NO_COLOR` (https://no-color.org) turns colours off where it is not empty; `FORCE_COLOR` turns
 * them on, or off by `0`. Else a terminal has them, unless it is a dumb one.
 */
export function isColoured(
  { isTTY = false }: { isTTY?: boolean },
  { NO_COLOR = '', FORCE_COLOR, TERM }: Variables,
): boolean {
  if (NO_COLOR !== '') return false;
  if (FORCE_COLOR !== undefined) return !['0', 'false'].includes(FORCE_COLOR);
  return isTTY && TERM !== 'dumb';
}

/** Takes `--no-color` for this process and for the tools that it runs. Answers the other arguments. */
export function withoutColourSwitch(args: readonly string[]): string[] {
  const others = args.filter((arg) => arg !== '--no-color');
  if (others.length < args.length) {
    process.env['NO_COLOR'] = '1';
    delete process.env['FORCE_COLOR'];
  }
  return others;
}
