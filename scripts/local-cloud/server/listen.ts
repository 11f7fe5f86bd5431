import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LocalCloudStartError } from '../environment/start-error';

export interface Listening {
  readonly port: number;
  /** Ends open connections too. */
  close(): Promise<void>;
}

/**
 * How long an idle connection is kept: longer than any client keeps its own (those of Node: 5
 * seconds), or else a function that was busy for so long sends into one that is just being closed.
 */
const KEEP_ALIVE_MS = 65_000;

/**
 * Serves on loopback.
 *
 * @param port 0: any free port
 * @throws LocalCloudStartError `PORT_IN_USE`
 */
export function listen(listener: RequestListener, port: number): Promise<Listening> {
  return new Promise((resolve, reject) => {
    const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, listener);
    server.once('error', (error: NodeJS.ErrnoException) => {
      const inUse = error.code === 'EADDRINUSE';
      const message = `The port ${port} is in use: stop what uses it, or choose another with --port.`;
      reject(inUse ? new LocalCloudStartError('PORT_IN_USE', message) : error);
    });
    server.listen(port, '127.0.0.1', () => {
      const close = (): Promise<void> =>
        new Promise((closed) => {
          server.close(() => closed());
          server.closeAllConnections();
        });
      resolve({ port: (server.address() as AddressInfo).port, close });
    });
  });
}
