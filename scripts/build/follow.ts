/**
 * Follows the sources: builds again after each change, one build at a time. What changes meanwhile
 * is built next.
 */
import { followFiles } from '../lib/follow-files';
import { isEnding, signalsRead } from '../lib/process-end';
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

/** Resolves after the first build, of which it says `onBuilt` or `onFailed` too, of no sources. */
export async function followSources(options: FollowOptions): Promise<Follower> {
  const { builder, dir, poll, onBuilt, onFailed, onNotice } = options;
  let failed = false;
  let closed = false;
  const isClosed = (): boolean => closed;

  async function buildOnce(sources: readonly string[]): Promise<void> {
    try {
      const report = await builder.build(sources);
      if (isClosed()) return;
      // Mended by taking back a change, it is what was built before.
      const isWorthALine = failed || sources.length === 0 || report.changed.length > 0;
      if (isWorthALine) await onBuilt(report, sources);
      failed = false;
    } catch (error) {
      failed = true;
      await signalsRead();
      if (!isClosed() && !isEnding()) await onFailed(error, sources);
    }
  }

  const follower = await followFiles({ dir, isFollowed, poll, onChange: buildOnce, onNotice });
  // Begun when no change is missed any more.
  await follower.changed();
  return {
    async close() {
      closed = true;
      await follower.close();
    },
  };
}

function isFollowed(path: string): boolean {
  const [first = '', ...others] = path.split('/');
  return FOLLOWED.includes(first) && !others.includes('node_modules');
}
