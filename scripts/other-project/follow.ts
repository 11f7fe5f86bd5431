/** Follows the files of a mini program: what is shown is made again after each change. */
import { watch } from 'chokidar';
import { relative, sep } from 'node:path';
import { CommandError } from '../lib/command-error';
import { text } from '../lib/language';
import { MiniprogramCompileError, type Problem } from '../miniprogram-files/compile-error';

/** A running preview. */
export interface Shown {
  /** Rejects when it does not compile: what was shown stays. */
  refresh(): Promise<void>;
  /** Tells the pages; an empty list takes back what was told. */
  showProblems(problems: readonly Problem[]): void;
}

export interface FollowOptions {
  /** Of the mini program. */
  dir: string;
  /** May be within it: the local cloud itself follows functions. */
  functionsDir?: string;
  /** Ask for changes again and again, where nothing tells of them: network drives, containers. */
  poll: boolean;
  shown: Shown;
  /** A line for each change. */
  say: (line: string) => void;
}

export interface Follower {
  close(): Promise<void>;
}

/** An editor, and more so a checkout, changes several files at once. */
const QUIET_MS = 60;
const POLL_MS = 300;
const MOST_NAMED = 3;

/** Resolves once no change is missed any more. */
export async function follow({
  dir,
  functionsDir,
  poll,
  shown,
  say,
}: FollowOptions): Promise<Follower> {
  let changed = new Set<string>();
  let quiet: NodeJS.Timeout | undefined;
  let showing: Promise<void> | undefined;
  let closed = false;

  async function show(): Promise<void> {
    while (changed.size > 0 && !closed) {
      const files = named([...changed].sort());
      changed = new Set();
      const startedAt = Date.now();
      try {
        await shown.refresh();
        shown.showProblems([]);
        const time = String(Date.now() - startedAt);
        say(
          text({ zh: `${files}：已更新，用时 ${time} 毫秒`, en: `${files}: shown in ${time} ms` }),
        );
      } catch (error) {
        say(`${files}: ${sentenceOf(error)}`);
        if (error instanceof MiniprogramCompileError) shown.showProblems(error.problems);
      }
    }
  }

  const begin = (): void => {
    showing ??= show().finally(() => {
      showing = undefined;
    });
  };
  const isOther = (path: string): boolean =>
    path !== dir && (path === functionsDir || /[\\/](?:node_modules|\.[^\\/]+)$/.test(path));
  const watcher = watch(dir, {
    ignored: isOther,
    ignoreInitial: true,
    usePolling: poll,
    interval: POLL_MS,
  });
  watcher.on('all', (_event, path) => {
    changed.add(relative(dir, path).split(sep).join('/'));
    clearTimeout(quiet);
    quiet = setTimeout(begin, QUIET_MS);
  });
  watcher.on('error', (error) => {
    const why = error instanceof Error ? error.message : String(error);
    say(text({ zh: `有的改动可能收不到：${why}`, en: `changes may be missed: ${why}` }));
  });
  await new Promise<void>((ready) => watcher.once('ready', ready));
  return {
    async close() {
      closed = true;
      clearTimeout(quiet);
      await watcher.close();
      await showing;
    },
  };
}

/** What is no expected failure, e.g. a file that went away while it was read, has its stack. */
function sentenceOf(error: unknown): string {
  if (error instanceof CommandError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function named(files: readonly string[]): string {
  const more = files.length - MOST_NAMED;
  const first = files.slice(0, MOST_NAMED).join(', ');
  return more > 0 ? `${first} and ${String(more)} more` : first;
}
