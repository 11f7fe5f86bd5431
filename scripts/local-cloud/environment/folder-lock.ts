/**
 * Only one local cloud at a time may use a data folder. The lock is a listening socket: unlike a
 * file with a process id it goes away with its process, however that ends.
 */
import { createHash } from 'node:crypto';
import { realpathSync, rmSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Resolves to a function that unlocks it, or to `undefined` if another process has the folder. */
export async function lockFolder(folder: string): Promise<(() => Promise<void>) | undefined> {
  const address = addressFor(realpathSync(folder));
  const first = await listen(address);
  if (first !== undefined) return first;
  if (await answers(address)) return undefined;
  // Left behind by a process that was killed.
  rmSync(address, { force: true });
  return listen(address);
}

function addressFor(folder: string): string {
  const name = `local-cloud-${createHash('sha256').update(folder).digest('hex').slice(0, 24)}`;
  return process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name}.sock`);
}

function listen(address: string): Promise<(() => Promise<void>) | undefined> {
  return new Promise((resolve) => {
    const server = createServer((socket) => socket.end());
    server.once('error', () => resolve(undefined));
    server.listen(address, () => {
      server.unref();
      // Where the process ends without unlocking it, it can still be tidy.
      const remove = (): void => rmSync(address, { force: true });
      if (process.platform !== 'win32') process.once('exit', remove);
      resolve(() => {
        process.off('exit', remove);
        return closed(server);
      });
    });
  });
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}

function answers(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(address);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
