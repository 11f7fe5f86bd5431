import { serve } from '@hono/node-server';
import { LocalCloudStartError } from '../environment/start-error';

type Fetch = Parameters<typeof serve>[0]['fetch'];

export interface Listening {
  readonly port: number;
  /** Ends open connections too. */
  close(): Promise<void>;
}

/**
 * Serves on loopback.
 *
 * @param port 0: any free port
 * @throws LocalCloudStartError `PORT_IN_USE`
 */
export function listen(fetch: Fetch, port: number): Promise<Listening> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch, port, hostname: '127.0.0.1' }, (address) => {
      const close = (): Promise<void> =>
        new Promise((closed) => {
          server.close(() => closed());
          if ('closeAllConnections' in server) server.closeAllConnections();
        });
      resolve({ port: address.port, close });
    });
    server.once('error', (error: NodeJS.ErrnoException) => {
      const inUse = error.code === 'EADDRINUSE';
      const message = `The port ${port} is in use: stop what uses it, or choose another with --port.`;
      reject(inUse ? new LocalCloudStartError('PORT_IN_USE', message) : error);
    });
  });
}
