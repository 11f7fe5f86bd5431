import type { FilesFollower } from '../lib/follow-files';
import { waitsForMend } from '../lib/waits-for-mend';
import { MiniprogramCompileError } from '../miniprogram-files/compile-error';
import { follow, type FollowOptions, type Shown } from './follow';

interface Running extends Shown {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Starts a preview and follows the files that it shows. A mini program that does not compile is
 * waited for: whoever mends it need not start again.
 *
 * @throws what `start` throws at first, unless the mini program does not compile
 */
export async function startFollowing(
  start: () => Promise<Running>,
  options: Omit<FollowOptions, 'shown'>,
): Promise<Pick<Running, 'url' | 'close'>> {
  let running: Running | undefined;
  let starting: Promise<void> | undefined;
  /** Once at a time: what changes while it starts may be asked for too. */
  const startOnce = (): Promise<void> =>
    (starting ??= start()
      .then((started) => {
        running = started;
      })
      .finally(() => {
        starting = undefined;
      }));
  let mended: () => void = () => undefined;
  const isMended = new Promise<void>((resolve) => (mended = resolve));
  const follower = await follow({
    ...options,
    shown: {
      async refresh() {
        if (running !== undefined) return running.refresh();
        await startOnce();
        mended();
      },
      showProblems: (problems) => running?.showProblems(problems),
    },
  });
  try {
    await startOnce();
  } catch (error) {
    if (!(error instanceof MiniprogramCompileError)) {
      await follower.close();
      throw error;
    }
    options.say(`${error.message}\n${waitsForMend()}`);
    await isMended;
  }
  return closedTogether(running, follower);
}

function closedTogether(
  running: Running | undefined,
  follower: FilesFollower,
): Pick<Running, 'url' | 'close'> {
  if (running === undefined) throw new Error('nothing was started');
  return {
    url: running.url,
    async close() {
      await follower.close();
      await running.close();
    },
  };
}
