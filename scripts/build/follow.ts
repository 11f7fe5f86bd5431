/**
 * Follows the sources: builds again after each change, one build at a time. What changes meanwhile
 * is built next.
 */
import { watch, type FSWatcher } from 'chokidar';
import { join, relative, sep } from 'node:path';
import { text } from '../lib/language';
import type { Builder, BuildReport } from './builder';

export interface FollowOptions {
  builder: Builder;
  /** The project's root. */
  dir: string;
  /** Ask for changes again and again, where nothing tells of them: network drives, containers. */
  poll: boolean;
  /**
   * After the first build, and each that differs from the one before. `sources` are the paths that
   * changed, in the project. The next build waits until it has resolved.
   */
  onBuilt: (report: BuildReport, sources: readonly string[]) => Promise<void>;
  /** After each build that failed: what was built before stays. */
  onFailed: (error: unknown, sources: readonly string[]) => Promise<void>;
  /** What is worth a line, in a sentence. */
  onNotice: (sentence: string) => void;
}

export interface Follower {
  close(): Promise<void>;
}

/** Of the sources; all else in the project is not looked at. */
const FOLLOWED = ['cloudfunctions', 'miniprogram', 'package.json'];
/** An editor, and more so a checkout, changes several files at once. */
const QUIET_MS = 60;
const POLL_MS = 300;
/** The system takes no more watches. */
const EXHAUSTED = new Set(['ENOSPC', 'EMFILE']);

/** Resolves after the first build, of which it says `onBuilt` or `onFailed` too, of no sources. */
export async function followSources(options: FollowOptions): Promise<Follower> {
  const { builder, dir, onBuilt, onFailed, onNotice } = options;
  let changed = new Set<string>();
  let failed = false;
  let closed = false;
  let quiet: NodeJS.Timeout | undefined;
  let building: Promise<void> | undefined;

  const isClosed = (): boolean => closed;

  async function buildOnce(): Promise<void> {
    const sources = [...changed].sort();
    changed = new Set();
    try {
      const report = await builder.build();
      if (isClosed()) return;
      // Mended by taking back a change, it is what was built before.
      const isWorthALine = failed || sources.length === 0 || report.changed.length > 0;
      if (isWorthALine) await onBuilt(report, sources);
      failed = false;
    } catch (error) {
      failed = true;
      if (!isClosed()) await onFailed(error, sources);
    }
  }

  async function buildAll(): Promise<void> {
    while (changed.size > 0 && !isClosed()) await buildOnce();
  }

  function begin(): void {
    if (building !== undefined || changed.size === 0) return;
    building = buildAll().finally(() => {
      building = undefined;
    });
  }

  const note = (path: string): void => {
    changed.add(relative(dir, path).split(sep).join('/'));
    clearTimeout(quiet);
    quiet = setTimeout(begin, QUIET_MS);
  };

  let ready: () => void = () => undefined;
  const isReady = new Promise<void>((resolve) => (ready = resolve));
  let watcher = watchFiles(dir, options.poll, note).on('ready', ready).on('error', pollInstead);

  function pollInstead(error: unknown): void {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (closed || !EXHAUSTED.has(code) || watcher.options.usePolling) {
      onNotice(
        text({
          zh: `跟随源码时出错：${String(error)}`,
          en: `Following the sources: ${String(error)}`,
        }),
      );
      return;
    }
    void watcher.close();
    onNotice(
      text({
        zh: '系统不能再监视更多文件：改为轮询源码的变化。',
        en: 'This system takes no more watches: the sources are polled from now on.',
      }),
    );
    watcher = watchFiles(dir, true, note).on('ready', ready).on('error', pollInstead);
    // What has changed meanwhile.
    note(join(dir, 'package.json'));
  }
  await isReady;
  // Begun when no change is missed any more.
  building = buildOnce().finally(() => {
    building = undefined;
    begin();
  });
  await building;

  return {
    async close() {
      closed = true;
      clearTimeout(quiet);
      await watcher.close();
      await building;
    },
  };
}

function watchFiles(dir: string, usePolling: boolean, onChange: (path: string) => void): FSWatcher {
  return watch(dir, {
    // From the root, so that a folder is found again that was deleted and made anew.
    ignored: (path) => !isFollowed(relative(dir, path).split(sep)),
    ignoreInitial: true,
    usePolling,
    interval: POLL_MS,
  }).on('all', (_, path) => {
    if (path !== dir) onChange(path);
  });
}

function isFollowed([first = '', ...others]: readonly string[]): boolean {
  return first === '' || (FOLLOWED.includes(first) && !others.includes('node_modules'));
}
