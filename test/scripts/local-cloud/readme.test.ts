/**
 * The READMEs of the local cloud: their first example, line by line in a fresh copy, and what both
 * hold.
 */
import { describe, expect, test } from '@jest/globals';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { freePort } from '../../../scripts/lib/free-port';
import { root } from '../../../scripts/project/root';
import { makeFreshCopy } from '../../support/fresh-copy';
import { hasCommands, testWhere } from '../../support/test-where';

const run = promisify(execFile);

const LANGUAGES = { en: 'README.md', zh: 'README.zh-CN.md' };
const read = (language: keyof typeof LANGUAGES): string =>
  readFileSync(`${root}/scripts/local-cloud/${LANGUAGES[language]}`, 'utf8');

const firstExample = (text: string): string => /^```sh\n([\s\S]*?)^```$/m.exec(text)?.[1] ?? '';

testWhere(hasCommands('curl'))('the first example calls a function', async () => {
  const port = await freePort();
  const lines = firstExample(read('en')).replaceAll('8787', String(port)).trim().split('\n');
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
        result: { hello: 'you' },
        errMsg: 'cloud.callFunction:ok',
      });
    } finally {
      if (cloud.pid !== undefined && cloud.exitCode === null) process.kill(-cloud.pid, 'SIGTERM');
      await ended;
    }
  } finally {
    await copy.remove();
  }
});

describe('both languages', () => {
  const found = (text: string, pattern: RegExp): string[] =>
    [...text.matchAll(pattern)].map(([match]) => match).sort();

  test.each<[string, (text: string) => unknown]>([
    ['the same first example', firstExample],
    ['as many headings', (text) => found(text, /^#+ /gm)],
    ['as many rows in tables', (text) => found(text, /^\|/gm)],
    ['as many items', (text) => found(text, /^- /gm)],
    ['the same links', (text) => found(text, /\]\((?!README)[^)]+\)/g)],
    ['the same names', (text) => [...new Set(found(text, /`[^`\n]+`/g))]],
    ['the same tests', (text) => found(text, /`[\w/-]+\.test\.ts`(, "[^"]+")?/g)],
  ])('have %s', (_, part) => {
    expect(part(read('en'))).not.toHaveLength(0);
    expect(part(read('zh'))).toEqual(part(read('en')));
  });
});
