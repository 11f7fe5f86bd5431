/**
 * A local cloud that is killed again and again while it writes: everything that it acknowledged is
 * there, and nothing of a transaction that was not committed. `DURABILITY_ROUNDS` kills it more
 * often.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { EJSON } from 'bson';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDocumentStore } from '../../../../../scripts/local-cloud/database/store/document-store';
import { root } from '../../../../../scripts/project/root';
import { runsTypeScript } from '../../../../support/run-script';

const ROUNDS = Number(process.env['DURABILITY_ROUNDS'] ?? 5);
const WRITERS = 8;

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'durability-'));
});
afterAll(() => rm(folder, { recursive: true }));

interface Running {
  child: ChildProcess;
  admin: (action: string, body?: object) => Promise<Record<string, unknown>>;
}

async function start(): Promise<Running> {
  const child = spawn(
    process.execPath,
    [
      ...runsTypeScript,
      `${root}/scripts/run.mjs`,
      'local-cloud',
      '--port',
      '0',
      '--data',
      join(folder, 'data'),
    ],
    { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const url = await new Promise<string>((resolve, reject) => {
    let printed = '';
    child.stdout.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
      const [, found] = /ready on (\S+)/.exec(printed) ?? [];
      if (found !== undefined) resolve(found);
    });
    child.once('exit', () => reject(new Error(`it ended: ${printed}`)));
  });
  const admin: Running['admin'] = async (action, body = {}) => {
    const request = { action: `database.${action}`, collectionName: 'sessions', ...body };
    const reply = await fetch(`${url}/admin`, { method: 'POST', body: JSON.stringify(request) });
    return (await reply.json()) as Record<string, unknown>;
  };
  return { child, admin };
}

/** The documents of a pair are written in one transaction. */
interface Expected {
  documents: Map<string, number>;
  pairs: Set<string>;
}

/** After how many pairs a round is killed: each time a few more. */
const pairsBeforeKill = (round: number): number => 10 + (round % 20) * 7;

async function writeUntilKilled(
  { admin }: Running,
  round: number,
  writer: number,
  expected: Expected,
) {
  for (let n = 0; ; n++) {
    const id = `${round}-${writer}-${n}`;
    try {
      const data = [EJSON.stringify({ _id: id, n, expiresAt: new Date(n) }, { relaxed: false })];
      const reply = await admin('insertDocument', { data });
      if ('code' in reply) throw new Error(JSON.stringify(reply));
      expected.documents.set(id, n);
      await writePair(admin, id, expected);
    } catch (error) {
      // The connection is gone with the process. (Its error is from another realm: no instanceof.)
      if ((error as Error).message === 'fetch failed') return;
      throw error;
    }
  }
}

async function writePair(admin: Running['admin'], id: string, expected: Expected): Promise<void> {
  const { transactionId } = await admin('startTransaction');
  for (const half of ['left', 'right']) {
    const data = [EJSON.stringify({ _id: `${id}-${half}`, pair: id })];
    await admin('insertDocument', { data, transactionId });
  }
  const reply = await admin('commitTransaction', { transactionId });
  if (!('code' in reply)) expected.pairs.add(id);
}

test(`nothing that was acknowledged is lost in ${ROUNDS} kills`, async () => {
  const expected: Expected = { documents: new Map(), pairs: new Set() };
  for (let round = 0; round < ROUNDS; round++) {
    const running = await start();
    const writers = Array.from({ length: WRITERS }, (_, writer) =>
      writeUntilKilled(running, round, writer, expected),
    );
    const enough = expected.pairs.size + pairsBeforeKill(round);
    while (expected.pairs.size < enough) await new Promise((resolve) => setImmediate(resolve));
    running.child.kill('SIGKILL');
    await once(running.child, 'exit');
    await Promise.all(writers);

    const store = await openDocumentStore(join(folder, 'data'));
    try {
      const { documents, byIndex } = store.read('sessions', (collection) => {
        const [index] = collection.indexes;
        if (index === undefined) throw new Error('there is no index');
        return {
          documents: [...collection.all()],
          byIndex: [...collection.scan({ index, equal: [], backwards: false })],
        };
      });
      const found = new Map(documents.map((document) => [String(document._id), document]));
      const lost = [...expected.documents].filter(([id, n]) => found.get(id)?.['n'] !== n);
      expect(lost).toEqual([]);
      const pairs = documents.flatMap(({ pair }) => (pair === undefined ? [] : [String(pair)]));
      const halves = [...new Set(pairs)].filter(
        (id) => !found.has(`${id}-left`) || !found.has(`${id}-right`),
      );
      expect(halves).toEqual([]);
      expect([...expected.pairs].filter((id) => !found.has(`${id}-left`))).toEqual([]);
      // The index says the same as the documents.
      expect(byIndex).toHaveLength(documents.length);
    } finally {
      await store.close();
    }
  }
  expect(expected.documents.size).toBeGreaterThan(ROUNDS * WRITERS);
  expect(expected.pairs.size).toBeGreaterThan(0);
});
