/**
 * A local cloud whose files may not grow any more, as on a full disk: what it acknowledges is kept, what
 * it cannot keep is answered as an error of the database, and it goes on serving.
 */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { EJSON } from 'bson';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDocumentStore } from '../../../scripts/local-cloud/database/store/document-store';
import { root } from '../../../scripts/project/root';
import { runsScript } from '../../support/run-script';

/** In units of the shell, of 512 bytes or 1,024. */
const MAX_FILE = 8_192;
const NO_ROOM = 256;
const DOCUMENT_BYTES = 400_000;
/** More than fit in a file of the largest unit. */
const MANY = 40;

let folder: string;
let child: ChildProcess | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'full-disk-'));
});
afterEach(async () => {
  child?.kill('SIGKILL');
  await rm(folder, { recursive: true });
});

type Answer = Record<string, unknown>;

// Windows has no such limit; the store's own test makes its commits fail there too.
const onPosix = process.platform === 'win32' ? test.skip : test;

onPosix('a local cloud on a full disk loses nothing that it acknowledged', async () => {
  const cloud = await startWithLimit(MAX_FILE);
  await cloud.admin('addCollection');
  const kept: string[] = [];
  let refused: Answer | undefined;
  for (let n = 0; n < MANY && refused === undefined; n++) {
    const answer = await cloud.admin('insertDocument', { data: [documentOf(n)] });
    if ('code' in answer) refused = answer;
    else kept.push(String(n));
  }
  expect(kept).not.toEqual([]);
  expect(refused).toMatchObject({
    code: 'SYS_ERR',
    message: expect.stringMatching(/^The database could not be written, and nothing was changed/),
  });
  expect(await cloud.admin('calculateDocument')).toMatchObject({ data: { total: kept.length } });
  expect(cloud.printed()).toMatch(/^The database could not be written/m);

  process.kill(cloud.pid, 'SIGTERM');
  expect(await cloud.ended).toBe(0);
  const store = await openDocumentStore(join(folder, 'data'));
  const ids = store.read('things', (things) => [...things.all()].map(({ _id }) => String(_id)));
  await store.close();
  expect(ids).toEqual(kept);
});

onPosix('an upload that has no room leaves nothing behind', async () => {
  const { url } = await startWithLimit(MAX_FILE);
  const upload = (bytes: number): Promise<Response> =>
    fetch(`${url}/files/a.bin`, { method: 'PUT', body: Buffer.alloc(bytes) });
  expect(await upload(DOCUMENT_BYTES)).toMatchObject({ ok: true });
  const files = join(folder, 'data/files');
  const kept = readdirSync(files);
  expect(await upload(DOCUMENT_BYTES * MANY)).toMatchObject({ ok: false });
  expect(readdirSync(files)).toEqual(kept);
});

onPosix('where there is no room for its state it does not start, and says so', async () => {
  await expect(startWithLimit(NO_ROOM)).rejects.toThrow(
    /^it ended with 1: The data cannot be kept in .*\n$/,
  );
});

const documentOf = (n: number): string =>
  EJSON.stringify({ _id: String(n), text: 'x'.repeat(DOCUMENT_BYTES) });

interface Cloud {
  pid: number;
  url: string;
  admin: (action: string, body?: object) => Promise<Answer>;
  /** To stderr. */
  printed: () => string;
  /** Resolves to its exit code. */
  ended: Promise<number | null>;
}

/** @param maxFile how large any of its files may become */
async function startWithLimit(maxFile: number): Promise<Cloud> {
  const command = runsScript('local-cloud', '--port', '0', '--data', join(folder, 'data'));
  // Without the trap, the limit ends a process by a signal.
  const limited = `trap '' XFSZ; ulimit -f ${maxFile}; exec "$@"`;
  const cloud = spawn('sh', ['-c', limited, 'sh', process.execPath, ...command], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child = cloud;
  const ended = once(cloud, 'close').then(([code]) => code as number | null);
  let printed = '';
  cloud.stderr.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const url = await new Promise<string>((resolve, reject) => {
    let said = '';
    cloud.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const [, found] = /ready on (\S+)/.exec(said) ?? [];
      if (found !== undefined) resolve(found);
    });
    void ended.then((code) => reject(new Error(`it ended with ${code}: ${said}${printed}`)));
  });
  const admin: Cloud['admin'] = async (action, body = {}) => {
    const request = { action: `database.${action}`, collectionName: 'things', ...body };
    const reply = await fetch(`${url}/admin`, { method: 'POST', body: JSON.stringify(request) });
    return (await reply.json()) as Answer;
  };
  return { pid: cloud.pid ?? NaN, url, admin, printed: () => printed, ended };
}
