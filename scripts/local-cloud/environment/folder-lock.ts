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

/** What macOS takes for the path of a socket, without the zero that ends it; Linux takes 107. */
const MAX_SOCKET_PATH_BYTES = 103;

export interface SocketPlace {
  platform: NodeJS.Platform;
  /** The machine's folder for temporary files. */
  temporary: string;
}

/** The same for all that ask on this machine. @param folder its real path */
export function addressFor(
  folder: string,
  { platform, temporary }: SocketPlace = { platform: process.platform, temporary: tmpdir() },
): string {
  const name = `local-cloud-${createHash('sha256').update(folder).digest('hex').slice(0, 24)}`;
  if (platform === 'win32') return `\\\\.\\pipe\\${name}`;
  const address = join(temporary, `${name}.sock`);
  return Buffer.byteLength(address) > MAX_SOCKET_PATH_BYTES ? `/tmp/${name}.sock` : address;
}

/** Resolves to `undefined` where the address is taken. @throws what else keeps it from listening */
function listen(address: string): Promise<(() => Promise<void>) | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.end());
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(undefined);
      else reject(error);
    });
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
