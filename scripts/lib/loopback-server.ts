import { once } from 'node:events';
import type { AddressInfo, Server } from 'node:net';

export interface LoopbackServer {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly port: number;
  /** Ends open connections too. */
  close: () => Promise<void>;
}

const HOSTNAME = '127.0.0.1';

/**
 * Makes a server listen on this machine only.
 *
 * @param port 0 takes any free one
 * @throws the system's error, for example one with the code `EADDRINUSE`
 */
export async function listenOnLoopback(server: Server, port = 0): Promise<LoopbackServer> {
  server.listen(port, HOSTNAME);
  await once(server, 'listening');
  const { port: taken } = server.address() as AddressInfo;
  return { url: `http://${HOSTNAME}:${taken}`, port: taken, close: () => close(server) };
}

function close(server: Server & { closeAllConnections?: () => void }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => {
      if (error) reject(error);
      else resolve();
    });
    server.closeAllConnections?.();
  });
}
