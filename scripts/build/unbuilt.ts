/**
 * What WeChat DevTools shows of a fresh clone is in git, where the build goes: a page that says what
 * to run. Git is told to leave these files be before the first build puts others in their place, so
 * that nobody commits a build by accident.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const runGit = promisify(execFile);

/** @param dir the project's root; without git, or in no repository of its own, nothing is done */
export async function leaveUnbuilt(dir: string): Promise<void> {
  const git = (...args: string[]) => runGit('git', args, { cwd: dir });
  try {
    // One line a file: H, a space and the path; S where it is left be already.
    const { stdout } = await git('ls-files', '-v', '-z', '--', 'dist');
    const files = stdout.split('\0').filter((line) => line.startsWith('H '));
    if (files.length === 0) return;
    await git('update-index', '--skip-worktree', ...files.map((line) => line.slice(2)));
  } catch {
    // Then git shows the build as a change of these files, and nothing worse.
  }
}
