/** Files that are followed: real ones, and a real watcher whose errors are made. */
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import type * as Chokidar from 'chokidar';
import { EventEmitter, once } from 'node:events';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FilesFollower } from '../../../scripts/lib/follow-files';
import { removeMiniprograms, writeFolder } from '../../support/miniprogram-folder';

const watchers: Chokidar.FSWatcher[] = [];
jest.mock('chokidar', () => {
  const actual = jest.requireActual<typeof Chokidar>('chokidar');
  return {
    ...actual,
    watch(...args: Parameters<typeof Chokidar.watch>) {
      const watcher = actual.watch(...args);
      watchers.push(watcher);
      return watcher;
    },
  };
});

let dir: string;
let follower: FilesFollower | undefined;
let heard: EventEmitter;
let notices: string[];
/** What a change waits for before it has been dealt with. */
let gate: Promise<void>;
let [underWay, most] = [0, 0];

beforeEach(async () => {
  dir = writeFolder({ 'a.txt': '', 'in/b.txt': '', 'out/c.txt': '' });
  watchers.length = 0;
  heard = new EventEmitter();
  notices = [];
  gate = Promise.resolve();
  [underWay, most] = [0, 0];
  const { followFiles } = await import('../../../scripts/lib/follow-files');
  follower = await followFiles({
    dir,
    isFollowed: (path) => !path.startsWith('out'),
    poll: false,
    async onChange(paths) {
      underWay += 1;
      most = Math.max(most, underWay);
      heard.emit('change', paths);
      await gate;
      underWay -= 1;
    },
    onNotice: (sentence) => void notices.push(sentence),
  });
});
afterEach(async () => {
  await follower?.close();
  removeMiniprograms();
});

const write = (file: string): void => {
  writeFileSync(join(dir, file), String(Math.random()));
};
const change = async (): Promise<unknown> => ((await once(heard, 'change')) as unknown[])[0];
/** Resolves once a change of this file was heard. */
async function changeOf(file: string): Promise<void> {
  for (;;) if (((await change()) as string[]).includes(file)) return;
}

test('what is not followed is not looked at', async () => {
  const next = change();
  write('out/c.txt');
  write('in/b.txt');
  expect(await next).toEqual(['in/b.txt']);
});

test('one change is dealt with at a time, and what comes meanwhile is next', async () => {
  const { QUIET_MS } = await import('../../../scripts/lib/follow-files');
  let open: () => void = () => undefined;
  gate = new Promise((resolve) => (open = resolve));
  const first = change();
  write('a.txt');
  expect(await first).toEqual(['a.txt']);
  const second = changeOf('in/b.txt');
  const seen = once(watchers[0] ?? heard, 'all');
  write('in/b.txt');
  const third = follower?.changed();
  // Timers of one length end in their order: the one before this would have begun the second.
  await seen;
  await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
  open();
  await Promise.all([second, third]);
  expect(most).toBe(1);
});

test('a folder that was deleted and made anew is followed again', async () => {
  const gone = changeOf('in');
  rmSync(join(dir, 'in'), { recursive: true });
  await gone;
  const back = changeOf('in/b.txt');
  mkdirSync(join(dir, 'new'));
  write('new/b.txt');
  renameSync(join(dir, 'new'), join(dir, 'in'));
  await back;
  const again = changeOf('in/b.txt');
  write('in/b.txt');
  await again;
});

test.each(['ENOSPC', 'EMFILE'])(
  'after %s files are polled, and all may have changed',
  async (code) => {
    const unknown = change();
    watchers[0]?.emit('error', Object.assign(new Error('no more'), { code }));
    expect(await unknown).toEqual([]);
    expect(watchers.map(({ options }) => options.usePolling)).toEqual([false, true]);
    expect(notices).toEqual([
      'This system takes no more watches: the sources are polled from now on.',
    ]);
    const polled = changeOf('a.txt');
    const writing = setInterval(() => write('a.txt'), 100);
    await polled;
    clearInterval(writing);
  },
);

test('of other errors it is said that changes may be missed', () => {
  watchers[0]?.emit('error', Object.assign(new Error('no permission'), { code: 'EACCES' }));
  expect(notices).toEqual(['Changes may be missed: no permission']);
  expect(watchers).toHaveLength(1);
});

test('closing waits for what is under way, and begins nothing else', async () => {
  let open: () => void = () => undefined;
  gate = new Promise((resolve) => (open = resolve));
  const first = change();
  write('a.txt');
  await first;
  write('in/b.txt');
  const closing = follower?.close().then(() => underWay);
  open();
  expect(await closing).toBe(0);
});
