/** Follows the files of a mini program: what is shown is made again after each change. */
import { join } from 'node:path';
import { CommandError } from '../lib/command-error';
import { followFiles, type FilesFollower } from '../lib/follow-files';
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

const MOST_NAMED = 3;

/** Resolves once no change is missed any more. */
export function follow({
  dir,
  functionsDir,
  poll,
  shown,
  say,
}: FollowOptions): Promise<FilesFollower> {
  async function show(paths: readonly string[]): Promise<void> {
    const files = named(paths);
    const startedAt = Date.now();
    try {
      await shown.refresh();
      shown.showProblems([]);
      const time = String(Date.now() - startedAt);
      say(text({ zh: `${files}：已更新，用时 ${time} 毫秒`, en: `${files}: shown in ${time} ms` }));
    } catch (error) {
      say(`${files}: ${sentenceOf(error)}`);
      if (error instanceof MiniprogramCompileError) shown.showProblems(error.problems);
    }
  }
  const isFollowed = (path: string): boolean =>
    join(dir, path) !== functionsDir && !/(?:^|\/)(?:node_modules|\.[^/]+)$/.test(path);
  return followFiles({ dir, isFollowed, poll, onChange: show, onNotice: say });
}

/** What is no expected failure, e.g. a file that went away while it was read, has its stack. */
function sentenceOf(error: unknown): string {
  if (error instanceof CommandError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function named(files: readonly string[]): string {
  if (files.length === 0) return text({ zh: '全部文件', en: 'all files' });
  const first = files.slice(0, MOST_NAMED).join(', ');
  const more = files.length - MOST_NAMED;
  if (more <= 0) return first;
  return text({ zh: `${first} 等 ${files.length} 个文件`, en: `${first} and ${more} more` });
}
