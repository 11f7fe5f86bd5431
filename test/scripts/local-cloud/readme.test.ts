/**
 * The first example of the local cloud's README, line by line in a fresh copy; only the port is one
 * that is free.
 */
import { expect, test } from '@jest/globals';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { freePort } from '../../../scripts/lib/free-port';
import { onPath } from '../../../scripts/lib/on-path';
import { root } from '../../../scripts/project/root';
import { makeFreshCopy } from '../../support/fresh-copy';

const run = promisify(execFile);
const testWithCurl = onPath(['curl']).length > 0 ? test : test.skip;

testWithCurl(
  'the first example signs somebody in',
  async () => {
    const text = await readFile(`${root}/scripts/local-cloud/README.md`, 'utf8');
    const [, example = ''] = /^```sh\n([\s\S]*?)^```$/m.exec(text) ?? [];
    const port = await freePort();
    const lines = example.replaceAll('8787', String(port)).trim().split('\n');
    const copy = await makeFreshCopy();
    const options = { cwd: copy.dir, env: copy.environment };
    try {
      const at = lines.findIndex((line) => line.startsWith('npm run local-cloud'));
      const [before, starts, after] = [lines.slice(0, at), lines[at] ?? '', lines.slice(at + 1)];
      for (const line of before) await run('sh', ['-euc', line], options);
      // A group of its own: npm and what it starts end together.
      const cloud = spawn('sh', ['-euc', starts], { ...options, detached: true });
      const ended = once(cloud, 'close');
      try {
        let said = '';
        await new Promise<void>((resolve, reject) => {
          for (const stream of [cloud.stdout, cloud.stderr]) {
            stream.on('data', (chunk: Buffer) => {
              said += chunk.toString();
              if (said.includes(`ready on http://127.0.0.1:${port}`)) resolve();
            });
          }
          cloud.on('close', () => reject(new Error(said)));
        });
        const { stdout } = await run('sh', ['-euc', after.join('\n')], options);
        expect(JSON.parse(stdout)).toMatchObject({
          result: { ok: true, session: { current: true } },
        });
      } finally {
        if (cloud.pid !== undefined && cloud.exitCode === null) process.kill(-cloud.pid, 'SIGTERM');
        await ended;
      }
    } finally {
      await copy.remove();
    }
  },
  120_000,
);
