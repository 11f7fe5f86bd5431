/** Follows files: says which have changed, once they are quiet, and waits until that was dealt with. */
import { watch, type FSWatcher } from 'chokidar';
import { relative, sep } from 'node:path';
import { text } from './language';

export interface FollowFilesOptions {
  dir: string;
  /** Of paths in `dir`, with slashes; a folder that isn't is not looked into. */
  isFollowed: (path: string) => boolean;
  /** Ask for changes again and again, where nothing tells of them: network drives, containers. */
  poll: boolean;
  /**
   * One at a time: what changes meanwhile comes next. Paths in `dir`, with slashes, sorted; none where
   * it isn't known what has changed.
   */
  onChange: (paths: readonly string[]) => Promise<void>;
  /** What is worth a line, in a sentence. */
  onNotice: (sentence: string) => void;
}

export interface FilesFollower {
  /** As if something had changed. Resolves once that, and what came before, was dealt with. */
  changed(): Promise<void>;
  /** Resolves once what is being dealt with is over; nothing else is begun. */
  close(): Promise<void>;
}

/** An editor, and more so a checkout, changes several files at once. */
export const QUIET_MS = 60;
const POLL_MS = 300;
/** The system takes no more watches. */
const EXHAUSTED: ReadonlySet<unknown> = new Set(['ENOSPC', 'EMFILE']);

/** Resolves once no change is missed any more. */
export async function followFiles({
  dir,
  isFollowed,
  poll,
  onChange,
  onNotice,
}: FollowFilesOptions): Promise<FilesFollower> {
  let paths = new Set<string>();
  let hasChanged = false;
  let closed = false;
  let quiet: NodeJS.Timeout | undefined;
  let dealing: Promise<void> | undefined;

  async function dealWithAll(): Promise<void> {
    // Closed meanwhile, nothing else is begun.
    while (hasChanged && !isClosed()) {
      const now = [...paths].sort();
      paths = new Set();
      hasChanged = false;
      await onChange(now);
    }
  }
  const isClosed = (): boolean => closed;
  const deal = (): Promise<void> =>
    (dealing ??= dealWithAll().finally(() => {
      dealing = undefined;
    }));
  const note = (path: string): void => {
    paths.add(relative(dir, path).split(sep).join('/'));
    hasChanged = true;
    clearTimeout(quiet);
    quiet = setTimeout(() => void deal(), QUIET_MS);
  };

  let ready: () => void = () => undefined;
  const isReady = new Promise<void>((resolve) => (ready = resolve));
  const open = (usePolling: boolean): FSWatcher =>
    watch(dir, {
      // From `dir` itself, so that a folder is found again that was deleted and made anew.
      ignored: (path) => path !== dir && !isFollowed(relative(dir, path).split(sep).join('/')),
      ignoreInitial: true,
      usePolling,
      interval: POLL_MS,
    })
      .on('all', (_event, path) => {
        if (path !== dir) note(path);
      })
      .on('ready', ready)
      .on('error', failed);
  let watcher = open(poll);

  async function changed(): Promise<void> {
    hasChanged = true;
    // What is under way began before.
    await dealing;
    await deal();
  }

  function failed(error: unknown): void {
    if (closed) return;
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (!EXHAUSTED.has(code) || watcher.options.usePolling) {
      const why = error instanceof Error ? error.message : String(error);
      onNotice(text({ zh: `有的改动可能收不到：${why}`, en: `Changes may be missed: ${why}` }));
      return;
    }
    void watcher.close();
    onNotice(
      text({
        zh: '系统能监听的文件已达上限：从现在起改为轮询。',
        en: 'This system takes no more watches: the sources are polled from now on.',
      }),
    );
    watcher = open(true);
    void isReady.then(changed);
  }

  await isReady;
  return {
    changed,
    async close() {
      closed = true;
      clearTimeout(quiet);
      await watcher.close();
      await dealing;
    },
  };
}
